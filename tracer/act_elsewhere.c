/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/act_elsewhere.c - redirect and timeout: the call is made with another address
 *
 * A connect that is to get no answer goes to a listener of netjail's own whose queue is
 * full: the kernel drops every SYN to it, and its own timer for a silent peer does
 * the rest, on the program's own socket, blocking or not. TCP_USER_TIMEOUT (tcp(7)) says
 * when that ends; the first look at it is after a second. A datagram socket is connected
 * to one of netjail's that nobody reads.
 */
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>

#include "tracer/act.h"
#include "tracer/call.h"
#include "tracer/carry.h"
#include "tracer/peers.h"

/* The address in the family of the socket; false when it cannot be written in it. */
static bool put_address(const struct sockkind *sock, const struct addr *addr,
			uint16_t port, struct destination *ret_dest)
{
	struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_port = htons(port)};
	struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_port = htons(port)};

	ret_dest->named = true;
	if (sock->domain == AF_INET && addr->family == ADDR_V4) {
		memcpy(&v4.sin_addr, addr->bytes, 4);
		memcpy(ret_dest->bytes, &v4, sizeof(v4));
		ret_dest->len = sizeof(v4);
		return true;
	}
	if (sock->domain != AF_INET6)
		return false;
	memcpy(&v6.sin6_addr, addr->bytes, 16);
	if (addr->family == ADDR_V4) { /* IPv4-mapped, RFC 4291 section 2.5.5.2 */
		memset(&v6.sin6_addr, 0, 10);
		memset(v6.sin6_addr.s6_addr + 10, 0xff, 2);
		memcpy(v6.sin6_addr.s6_addr + 12, addr->bytes, 4);
	}
	memcpy(ret_dest->bytes, &v6, sizeof(v6));
	ret_dest->len = sizeof(v6);
	return true;
}

static bool send_elsewhere(struct call *call, int sock, const struct addr *addr,
			   uint16_t port, struct destination *dest)
{
	struct destination original = *dest;

	if (put_address(&call->event.sock, addr, port, dest)) {
		peers_remember(&call->tracer->peers, sock, dest, &original);
		return true;
	}
	call->event.reason = "the socket is of another address family";
	return false;
}

bool act_redirect(struct call *call, int sock, struct destination *dest)
{
	const struct action *action = call->event.decision.action;

	return send_elsewhere(call, sock, &action->to, action->port, dest);
}

/* ---- timeout ---- */

/* A socket of ours on loopback that is bound to a free port; -1. */
static int bound_socket(int family, int type)
{
	struct sockaddr_in6 v6 = {.sin6_family = AF_INET6,
				  .sin6_addr = IN6ADDR_LOOPBACK_INIT};
	struct sockaddr_in v4 = {.sin_family = AF_INET,
				 .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	const void *address = family == AF_INET ? (const void *)&v4 : (const void *)&v6;
	int sock = socket(family, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	if (sock >= 0 &&
	    bind(sock, address, family == AF_INET ? sizeof(v4) : sizeof(v6)) < 0) {
		close(sock);
		return -1;
	}
	return sock;
}

/* The queue of a listener with a backlog of 0 is full with one connection
 * (include/net/sock.h, sk_acceptq_is_full). */
static bool fill_queue(struct dead_end *end, int family)
{
	struct sockaddr_storage address;
	socklen_t len = sizeof(address);

	if (listen(end->sock, 0) < 0 ||
	    getsockname(end->sock, (struct sockaddr *)&address, &len) < 0)
		return false;
	end->filler = socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (end->filler < 0)
		return false;
	/* the bell (tracer/bell) interrupts it: the same call goes on with it */
	while (connect(end->filler, (struct sockaddr *)&address, len) < 0)
		if (errno != EINTR)
			return false;
	return true;
}

static uint16_t port_of(int sock)
{
	struct sockaddr_in6 address = {.sin6_port = 0};
	socklen_t len = sizeof(address);

	/* the port stands in the same place in both families */
	if (getsockname(sock, (struct sockaddr *)&address, &len) < 0)
		return 0;
	return ntohs(address.sin6_port);
}

/* Its port, 0 when there is none to be had. Made at the first need. */
static uint16_t dead_end_port(struct dead_end *end, int family, int type)
{
	if (end->port)
		return end->port;
	end->filler = -1;
	end->sock = bound_socket(family, type);
	if (end->sock < 0)
		return 0;
	if (type == SOCK_STREAM && !fill_queue(end, family)) {
		close(end->sock);
		if (end->filler >= 0)
			close(end->filler);
		return 0;
	}
	end->port = port_of(end->sock);
	return end->port;
}

/* What listens on that port in another network is none of ours. Before Linux 5.14 none is
 * told from another. */
static bool is_of_our_network(int sock, int ours)
{
	uint64_t its, own;
	socklen_t len = sizeof(its);

	return getsockopt(sock, SOL_SOCKET, SO_NETNS_COOKIE, &its, &len) < 0 ||
	       getsockopt(ours, SOL_SOCKET, SO_NETNS_COOKIE, &own, &len) < 0 ||
	       its == own;
}

static bool connect_nowhere(struct call *call, int sock, struct destination *dest)
{
	static const uint8_t loopback4[4] = {127, 0, 0, 1}, loopback6[16] = {[15] = 1};
	bool stream = carry_waits_by_send(&call->event.sock);
	bool v4 = call->event.end.inet.addr.family == ADDR_V4;
	struct dead_end *end = &call->tracer->dead_ends[stream][v4];
	uint16_t port = dead_end_port(end, v4 ? AF_INET : AF_INET6,
				      stream ? SOCK_STREAM : SOCK_DGRAM);
	struct addr addr = v4 ? addr_from_v4(loopback4) : addr_from_v6(loopback6, 0);
	const struct action *action = call->event.decision.action;

	if (!port) {
		call->event.reason = "there is no loopback to time out on";
		return false;
	}
	if (!is_of_our_network(sock, end->sock)) {
		call->event.reason = "the program is in another network namespace";
		return false;
	}
	if (stream && action->ms)
		(void)setsockopt(sock, IPPROTO_TCP, TCP_USER_TIMEOUT, &action->ms,
				 sizeof(action->ms));
	return send_elsewhere(call, sock, &addr, port, dest);
}

bool act_timeout(struct call *call, enum request_kind kind, int sock,
		 struct destination *dest)
{
	const struct sockkind *kind_of = &call->event.sock;
	bool udp = kind_of->type == SOCK_DGRAM && kind_of->protocol != IPPROTO_ICMP &&
		   kind_of->protocol != IPPROTO_ICMPV6;

	if (kind == REQUEST_CONNECT && (udp || carry_waits_by_send(kind_of)))
		return connect_nowhere(call, sock, dest);
	return false; /* a send is swallowed, other connects fail at once */
}
