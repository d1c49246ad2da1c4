/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/prepared.c - what sockets bring along that leads a judged call elsewhere
 *
 * Theory of operation
 *   Problem:    a datagram that MSG_MORE or UDP_CORK has begun goes where it was begun
 *               for, with all that is added, whatever later calls name
 *               (net/ipv4/udp.c udp_sendmsg); packets of a socket with a source route
 *               go to the first hop of that. Neither has a peer to judge.
 *   Mechanism:  the datagram is thrown away, as nothing tells its address; the route is
 *               taken off the socket, as setsockopt(2) may not set it (tracer/route).
 *   Rejected:   ending the socket: another sender of it, outside, may only just have
 *               begun, and bytes that are under way look like bytes held back.
 */
#include "tracer/prepared.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/ip.h>
#include <stdint.h>
#include <sys/socket.h>

#include "base/buf.h"
#include "tracer/cut.h"
#include "tracer/route.h"
#include "tracer/sockid.h"

/* What the older names of <linux/in6.h> set is read by the first, too. */
static const struct route_option routes[] = {
	{SOL_IPV6, IPV6_RTHDR, "a routing header"},
	{SOL_IP, IP_OPTIONS, "a source route"},
};

/* ip(7) IP_OPTIONS; others than source routes may stay, a label may have to. */
static bool has_source_route(const uint8_t *options, size_t len)
{
	size_t at = 0;

	while (at + 1 < len && options[at] != IPOPT_END) {
		if (options[at] == IPOPT_LSRR || options[at] == IPOPT_SSRR)
			return true;
		if (options[at] != IPOPT_NOP && options[at + 1] < 2)
			return true; /* no option of the kernel's */
		at += options[at] == IPOPT_NOP ? 1 : options[at + 1];
	}
	return false;
}

/* False also where the kind of socket knows no such option. */
static bool has_route(int sock, const struct route_option *route)
{
	uint8_t bytes[256];
	socklen_t len = sizeof(bytes);

	if (getsockopt(sock, route->level, route->name, bytes, &len) < 0 || !len)
		return false;
	return route->level == SOL_IPV6 || has_source_route(bytes, len);
}

/* `took`: something stands in `what` already. */
static int take_route(int sock, bool took, struct buf *what)
{
	struct sockkind kind;

	if (sockid_kind(sock, &kind) != 0 || !sockkind_is_inet(&kind))
		return took;
	for (size_t i = 0; i < ARRAY_LEN(routes); i++) {
		if (!has_route(sock, &routes[i]))
			continue;
		buf_puts(what, took ? " and " : "with ");
		buf_puts(what, routes[i].text);
		took = true;
		if (setsockopt(sock, routes[i].level, routes[i].name, "", 0) < 0)
			return -errno;
	}
	return took;
}

int prepared_take_route(int sock, struct buf *what)
{
	return take_route(sock, false, what);
}

int prepared_take_all(int sock, struct buf *what)
{
	bool held_back = cut_held_back(sock);

	if (held_back)
		buf_puts(what, "with a datagram begun");
	return take_route(sock, held_back, what);
}
