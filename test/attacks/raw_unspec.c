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

	a.denied.sa.sa_family = AF_UNSPEC;
	told("sendto", sendto(fd, udp, 9, 0, &a.denied.sa, a.denied.len));
	return 0;
}
