/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/zero_connect_udp.c - connect(2) to 0.0.0.0 on a UDP socket that is bound
 * to ADDR
 *
 * attack:   as zero_connect, with a byte sent after it
 * expect:   silent control=reached
 * event:    -
 * source:   net/ipv4/route.c ip_route_output_key_hash_rcu: no destination is the source
 *           address
 * root:     no
 */
#include "zero.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	struct endpoint zero = zero_of(&a.denied);
	int fd = bound(&a.denied, open_udp(AF_INET));

	told("connect", connect(fd, &zero.sa, zero.len));
	told("send", send(fd, "x", 1, 0));
	return 0;
}
