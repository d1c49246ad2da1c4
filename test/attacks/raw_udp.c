/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/raw_udp.c - a UDP datagram by a raw socket
 *
 * attack:   a raw socket of protocol UDP: the program writes the UDP header
 * expect:   silent control=none
 * event:    raw-socket
 * records:  (udp|packet) ADDR
 * source:   raw(7)
 * root:     yes (CAP_NET_RAW)
 */
#include "raw.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	struct raw_packet packet = raw_packet_to(&a.denied);
	int fd = open_socket(AF_INET, SOCK_RAW, IPPROTO_UDP);

	told("sendto", sendto(fd, &packet.udp, 9, 0, &a.denied.sa, a.denied.len));
	return 0;
}
