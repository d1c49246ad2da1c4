/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/zero.h - 0.0.0.0, which is the own address: that which the socket is bound to
 */
#ifndef NETJAIL_TEST_ZERO_H
#define NETJAIL_TEST_ZERO_H

#include "attack.h"

static inline struct endpoint zero_of(const struct endpoint *ep)
{
	struct endpoint zero = *ep;

	zero.v4.sin_addr.s_addr = 0;
	return zero;
}

static inline int bound(const struct endpoint *ep, int fd)
{
	struct endpoint local = *ep;

	local.v4.sin_port = 0;
	if (bind(fd, &local.sa, local.len) < 0)
		die("bind");
	return fd;
}

#endif
