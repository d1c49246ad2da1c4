/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/zero_mapped.c - connect(2) to ::ffff:0.0.0.0 on a socket that is bound to
 * ::ffff:ADDR
 *
 * attack:   as zero_connect, by an IPv6 socket
 * expect:   silent control=reached
 * event:    -
 * source:   net/ipv4/route.c ip_route_output_key_hash_rcu: no destination is the source
 *           address; net/ipv6/tcp_ipv6.c tcp_v6_connect
 * root:     no
 */
#include "attack.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	struct endpoint local = mapped(&a.denied), zero = mapped(&a.denied);
	int fd = open_tcp(AF_INET6);

	local.v6.sin6_port = 0;
	memset(&zero.v6.sin6_addr.s6_addr[12], 0, 4);
	if (bind(fd, &local.sa, local.len) < 0)
		die("bind");
	told("connect", connect(fd, &zero.sa, zero.len));
	return 0;
}
