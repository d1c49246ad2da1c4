/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/raw_hdrincl.c - a packet whose IP header the program writes itself
 *
 * attack:   IP_HDRINCL: sendto names 127.0.0.1, the header says ADDR
 * expect:   silent control=none
 * event:    raw-socket
 * records:  (udp|packet) ADDR
 * source:   raw(7) IP_HDRINCL
 * root:     yes (CAP_NET_RAW)
 */
#include "raw.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	struct raw_packet packet = raw_packet_to(&a.denied);
	int fd = open_socket(AF_INET, SOCK_RAW, IPPROTO_RAW);

	told("sendto",
	     sendto(fd, &packet, sizeof(packet), 0, &a.denied.sa, a.denied.len));
	told("sendto elsewhere",
	     sendto(fd, &packet, sizeof(packet), 0, &a.allowed.sa, a.allowed.len));
	return 0;
}
