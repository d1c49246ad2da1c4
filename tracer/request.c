/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/request.c - address bytes of a call -> the end that the kernel would reach with
 * them
 */
#include "tracer/request.h"

#include <netinet/in.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>

#include "net/sockaddr.h"

static uint16_t family_of(const struct destination *dest)
{
	uint16_t family;

	memcpy(&family, dest->bytes, sizeof(family));
	return family;
}

static void set_family(struct destination *dest, int family)
{
	uint16_t value = (uint16_t)family;

	memcpy(dest->bytes, &value, sizeof(value));
}

/* Sends take AF_UNSPEC for an address of the socket's own family: IPv4
 * (net/ipv4/udp.c, raw.c) and IPv6 but for UDP, where it is no address at all
 * (net/ipv6/raw.c, udp.c udpv6_sendmsg). A ping socket takes nothing but its own
 * family (net/ipv4/ping.c). */
static bool is_udp6(const struct sockkind *sock)
{
	return sock->domain == AF_INET6 && sock->type == SOCK_DGRAM &&
	       (!sock->protocol || sock->protocol == IPPROTO_UDP ||
		sock->protocol == IPPROTO_UDPLITE);
}

static bool send_means_own_family(const struct sockkind *sock)
{
	bool ping = sock->type == SOCK_DGRAM &&
		    (sock->protocol == IPPROTO_ICMP || sock->protocol == IPPROTO_ICMPV6);

	return sockkind_is_inet(sock) && !ping && !is_udp6(sock);
}

bool request_end(enum request_kind kind, const struct sockkind *sock,
		 struct destination *dest, struct endpoint *ret_end)
{
	struct endpoint end;

	if (!dest->named || dest->len < sizeof(uint16_t))
		return false;
	if (kind == REQUEST_SEND && family_of(dest) == AF_UNSPEC &&
	    send_means_own_family(sock))
		set_family(dest, sock->domain);
	/* Another thread may make it an IPv4 socket meanwhile (IPV6_ADDRFORM, ipv6(7)):
	 * what is no address here is not to be one there, which wants more bytes. */
	if (kind == REQUEST_SEND && family_of(dest) == AF_UNSPEC && is_udp6(sock))
		dest->len = sizeof(uint16_t);
	/* bind(2) of an IPv4 socket takes AF_UNSPEC with the wildcard address
	 * (net/ipv4/af_inet.c inet_bind_sk). */
	if (kind == REQUEST_BIND && family_of(dest) == AF_UNSPEC &&
	    sock->domain == AF_INET)
		set_family(dest, AF_INET);
	if (sockaddr_decode(dest->bytes, dest->len, &end) != 0 || end.family == AF_UNSPEC)
		return false;
	*ret_end = end;
	return true;
}

static bool is_inet(const struct endpoint *end)
{
	return end->family == AF_INET || end->family == AF_INET6;
}

bool request_is_unspecified(const struct endpoint *end)
{
	return is_inet(end) && addr_is_unspecified(&end->inet.addr);
}

void request_resolve_unspecified(const struct endpoint *local, struct destination *dest,
				 struct endpoint *end)
{
	static const uint8_t loopback4[4] = {127, 0, 0, 1};
	static const uint8_t loopback6[16] = {[15] = 1};
	static const uint8_t mapped4[16] = {[10] = 0xff, 0xff, 127, [15] = 1};
	bool bound4 = local && is_inet(local) && local->inet.addr.family == ADDR_V4;

	if (!request_is_unspecified(end))
		return;
	/* Written into the copy too: the kernel would take the source that a control
	 * message (IP_PKTINFO) or another thread's bind(2) gives meanwhile. */
	if (end->inet.addr.family == ADDR_V6) {
		end->inet.addr =
			bound4 ? addr_from_v4(loopback4)
			       : addr_from_v6(loopback6, end->inet.addr.scope_id);
		memcpy(dest->bytes + offsetof(struct sockaddr_in6, sin6_addr),
		       bound4 ? mapped4 : loopback6, sizeof(loopback6));
		return;
	}
	end->inet.addr = bound4 && !addr_is_unspecified(&local->inet.addr)
				 ? local->inet.addr
				 : addr_from_v4(loopback4);
	if (family_of(dest) == AF_INET6)
		memcpy(dest->bytes + offsetof(struct sockaddr_in6, sin6_addr) + 12,
		       end->inet.addr.bytes, sizeof(struct in_addr));
	else
		memcpy(dest->bytes + offsetof(struct sockaddr_in, sin_addr),
		       end->inet.addr.bytes, sizeof(struct in_addr));
}
