/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/unspec_sendto.c - sendto(2) on IPv4 UDP with an address of no family
 *
 * attack:   IPv4 takes AF_UNSPEC in a send as AF_INET and sends to the address behind it
 * expect:   silent control=reached
 * event:    -
 * source:   net/ipv4/udp.c udp_sendmsg; rules.md "Every spelling"
 * root:     no
 */
#include "attack.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	struct endpoint ep = a.denied;
	int fd = open_udp(AF_INET);

	ep.sa.sa_family = AF_UNSPEC;
	told("sendto", sendto(fd, "x", 1, 0, &ep.sa, ep.len));
	return 0;
}
