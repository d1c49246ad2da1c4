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
#include "attack.h"
#include <netinet/ip.h>
#include <netinet/udp.h>

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	unsigned char packet[29] = {0};
	struct iphdr *ip = (struct iphdr *)packet;
	struct udphdr *udp = (struct udphdr *)(packet + 20);

	ip->version = 4;
	ip->ihl = 5;
	ip->ttl = 9;
	ip->protocol = IPPROTO_UDP;
	ip->tot_len = htons(sizeof(packet));
	ip->daddr = a.denied.v4.sin_addr.s_addr;
	udp->source = htons(4242);
	udp->dest = a.denied.v4.sin_port;
	udp->len = htons(9);
	int fd = open_socket(AF_INET, SOCK_RAW, IPPROTO_UDP);

	told("sendto", sendto(fd, udp, 9, 0, &a.denied.sa, a.denied.len));
	return 0;
}
