/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/raw_unspec.c - a raw socket and an address of no family
 *
 * attack:   a raw IPv4 socket takes AF_UNSPEC as AF_INET
 * expect:   silent control=none
 * event:    raw-socket
 * records:  (udp|packet) ADDR
 * source:   net/ipv4/raw.c raw_sendmsg
 * root:     yes (CAP_NET_RAW)
 */
#include "raw.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	struct raw_packet packet = raw_packet_to(&a.denied);
	int fd = open_socket(AF_INET, SOCK_RAW, IPPROTO_UDP);

	a.denied.sa.sa_family = AF_UNSPEC;
	told("sendto", sendto(fd, &packet.udp, 9, 0, &a.denied.sa, a.denied.len));
	return 0;
}
