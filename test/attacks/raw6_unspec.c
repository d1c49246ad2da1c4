/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/raw6_unspec.c - a raw IPv6 socket and an address of no family
 *
 * attack:   a raw IPv6 socket takes AF_UNSPEC as AF_INET6
 * expect:   silent control=none
 * event:    raw-socket
 * family:   6
 * records:  (udp|packet) ADDR
 * source:   net/ipv6/raw.c rawv6_sendmsg
 * root:     yes (CAP_NET_RAW)
 */
#include "attack.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	unsigned char echo[8] = {128};
	struct endpoint none = a.denied;
	int fd = open_socket(AF_INET6, SOCK_RAW, IPPROTO_ICMPV6);

	none.sa.sa_family = AF_UNSPEC;
	none.v6.sin6_port = 0;
	told("sendto", sendto(fd, echo, sizeof(echo), 0, &none.sa, none.len));
	return 0;
}
