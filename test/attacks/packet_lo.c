/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/packet_lo.c - a whole frame put on the loopback device
 *
 * attack:   AF_PACKET writes below IP: no call names an IP address
 * expect:   silent control=none
 * event:    raw-socket
 * records:  (udp|packet) ADDR
 * source:   packet(7)
 * root:     yes (CAP_NET_RAW)
 */
#include "attack.h"
#include <linux/if_ether.h>
#include <linux/if_packet.h>
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
	struct sockaddr_ll to = {.sll_family = AF_PACKET,
				 .sll_protocol = htons(ETH_P_IP),
				 .sll_ifindex = 1,
				 .sll_halen = 6};
	int fd = open_socket(AF_PACKET, SOCK_DGRAM, htons(ETH_P_IP));

	told("sendto",
	     sendto(fd, packet, sizeof(packet), 0, (struct sockaddr *)&to, sizeof(to)));
	return 0;
}
