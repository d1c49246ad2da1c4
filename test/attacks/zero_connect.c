/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/zero_connect.c - connect(2) to 0.0.0.0 on a TCP socket that is bound to
 * ADDR
 *
 * attack:   0.0.0.0 means the own address, and that is what the socket is bound to: ADDR
 *           is a local address here
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

	told("connect", connect(bound(&a.denied, open_tcp(AF_INET)), &zero.sa, zero.len));
	return 0;
}
