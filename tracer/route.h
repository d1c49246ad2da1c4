/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/route.h - socket options and control data that send packets another way than
 * their address says
 */
#ifndef NETJAIL_TRACER_ROUTE_H
#define NETJAIL_TRACER_ROUTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/cleanup.h"

struct route_option {
	int level, name;
	const char *text; /* "IP_OPTIONS" */
};

/* The options of setsockopt(2) that do. */
const struct route_option *route_options(size_t *ret_count);

/* Requests of ioctl(2) that change the network: name only. */
const struct route_option *route_ioctls(size_t *ret_count);
const struct route_option *route_ioctl_find(int request);

/* getsockopt(2) of this level and name connects (SCTP). */
extern const struct route_option route_getsockopt;

/* The row of an option, NULL when it bends nothing. */
const struct route_option *route_option_find(int level, int name);

/* Pure: true for the type of a netlink message (netlink(7)) that changes routes,
 * addresses, links or the packet filter. */
must_check bool route_is_changed(int protocol, uint16_t type);

/* Pure: the row of the first control message that bends a route, NULL when none does;
 * `word` is the word size of the program; `local`: the message stays on this host, so
 * that no other device may be asked for. What is malformed bends nothing: the kernel
 * refuses it. */
const struct route_option *route_in_control(const uint8_t *bytes, size_t len,
					    unsigned word, bool local);

#endif
