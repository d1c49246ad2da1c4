/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * net/sockkind.h - what a socket is: family, type and protocol, and their names
 */
#ifndef NETJAIL_NET_SOCKKIND_H
#define NETJAIL_NET_SOCKKIND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/cleanup.h"

struct buf;

struct sockkind {
	int domain;   /* AF_*: SO_DOMAIN, or the first argument of socket(2) */
	int type;     /* SOCK_* without SOCK_NONBLOCK and SOCK_CLOEXEC */
	int protocol; /* IPPROTO_* and others; 0 = the type's own */
};

/* The protocol as rules and the trace name it: "tcp" "udp" "mptcp" "icmp" (also ICMPv6
 * ping sockets) "sctp" "udplite" "dccp" "raw" for IPv4 and IPv6 sockets; "unix" "netlink"
 * "packet" "vsock" for those families; the family's name in small letters otherwise; NULL
 * when it has none. */
const char *sockkind_name(const struct sockkind *kind);

/* Appends sockkind_name, or "family-N" when there is none. */
void sockkind_put(struct buf *buf, const struct sockkind *kind);

must_check bool sockkind_equal(const struct sockkind *a, const struct sockkind *b);
must_check bool sockkind_is_inet(const struct sockkind *kind); /* AF_INET or AF_INET6 */

/* "AF_INET", ... as socket(2) and <linux/socket.h> name it; NULL when unknown. */
const char *family_name(int family);
/* The number of a name: "AF_VSOCK", "vsock", "VSOCK" alike; -1 when unknown. */
must_check int family_from_name(const char *text, size_t len);

/* "SOCK_STREAM", ...; NULL when unknown. Flags must have been taken off. */
const char *socktype_name(int type);

#endif
