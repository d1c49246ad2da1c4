/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * net/control.h - walks control data (cmsg(3)) of a program of either word size
 */
#ifndef NETJAIL_NET_CONTROL_H
#define NETJAIL_NET_CONTROL_H

#include <stddef.h>
#include <stdint.h>

#include "base/cleanup.h"

struct control_message {
	int level, type;
	const uint8_t *data; /* within the bytes that are walked */
	size_t len;          /* of the data */
};

/* The message at *at of `len` hostile bytes, and *at moved behind it; begin with 0.
 * `word` is 4 or 8, the size of the program's size_t. 1, 0 at the end, -EINVAL where
 * the kernel finds it malformed (include/linux/socket.h CMSG_OK); outputs untouched
 * then. */
must_check int control_next(const uint8_t *bytes, size_t len, unsigned word, size_t *at,
			    struct control_message *ret_message);

#endif
