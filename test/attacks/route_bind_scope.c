/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/route_bind_scope.c - a link-local address ties a socket to a device
 *
 * attack:   bind to fe80::1 and ff02::1 of device 2, by every length that holds a scope; what is
 *           sent to ::1 would then leave by that device; then a connection
 * expect:   silent
 * event:    route-bend
 * family:   6
 * source:   ipv6(7) sin6_scope_id, net/ipv6/af_inet6.c __inet6_bind
 * root:     no
 */
#include "attack.h"

static void bind_there(const char *address, socklen_t len)
{
	struct endpoint ep = {.v6 = {.sin6_family = AF_INET6, .sin6_scope_id = 2}};

	if (inet_pton(AF_INET6, address, &ep.v6.sin6_addr) != 1)
		die(address);
	told(address, bind(open_udp(AF_INET6), &ep.sa, len));
}

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);

	bind_there("fe80::1", sizeof(struct sockaddr_in6));
	bind_there("ff02::1", sizeof(struct sockaddr_in6) + 4);
	bind_there("ff01::1", sizeof(struct sockaddr_storage));
	told("connect", visit_once(&a.denied));
	return 0;
}
