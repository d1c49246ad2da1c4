/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * net/endpoint.h - one end of a connection as rules judge it and the trace prints it
 */
#ifndef NETJAIL_NET_ENDPOINT_H
#define NETJAIL_NET_ENDPOINT_H

#include <stddef.h>
#include <stdint.h>

#include "net/addr.h"

struct buf;

/* Longest sockaddr the kernel takes: sizeof(struct sockaddr_storage). */
#define ENDPOINT_RAW_MAX 128

/* A value; nothing to free. Which members count is told by `family`. */
struct endpoint {
	uint16_t family; /* AF_* of the bytes; AF_UNSPEC when there are none */
	uint16_t raw_len;
	union {
		struct { /* AF_INET, AF_INET6 */
			/* canonical: never an IPv4-mapped IPv6 address */
			struct addr addr;
			uint16_t port; /* host order */
		} inet;
		struct { /* AF_UNIX: sun_path as unix(7) tells the three kinds apart */
			uint8_t path[108];
			/* 0 = unnamed; abstract names count their NUL */
			uint8_t path_len;
			uint8_t abstract; /* path[0] is NUL */
		} un;
		struct {
			uint32_t pid;
			uint32_t groups;
		} netlink;
		struct {
			uint16_t protocol; /* host order, ETH_P_* */
			int32_t ifindex;
			uint8_t hwaddr[8];
			uint8_t hwaddr_len; /* at most 8 */
		} packet;
		struct {
			uint32_t cid;
			uint32_t port;
		} vsock;
		struct { /* every other family: the bytes after the family */
			uint8_t bytes[ENDPOINT_RAW_MAX - 2];
			uint8_t len;
		} other;
	};
};

/* Appends the end for people: "192.0.2.1:443", "[2001:db8::1]:443", "/run/x.sock",
 * "@name" (a file of that name: "./@name"), "(unnamed)", "netlink pid 0 groups 0x1",
 * "packet proto 0x0800 if 2", "vsock 2:1234", "AF_X25 \x01\x02" (family by name, else
 * "family-46"), all bytes escaped. */
void endpoint_put(struct buf *buf, const struct endpoint *end);

#endif
