/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/inherited_packet.c - an inherited packet socket that is bound to the loopback device
 *
 * attack:   send(2) names nothing: the frame goes to the device that it is bound to
 * expect:   silent control=none
 * event:    fd-passed-in
 * records:  (udp|packet) ADDR
 * source:   net/packet/af_packet.c packet_snd
 * root:     yes (CAP_NET_RAW)
 * inherit:  packet
 */
#include "attack.h"
#include <linux/if_packet.h>
#include <netinet/ip.h>
#include <netinet/udp.h>

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	const char *number = getenv("ATTACK_FD");
	struct {
		struct iphdr ip;
		struct udphdr udp;
		char byte;
	} __attribute__((packed)) packet = {.ip = {.version = 4, .ihl = 5, .ttl = 9}};
	struct sockaddr_ll to = {.sll_family = AF_UNIX, .sll_ifindex = 1, .sll_halen = 6};

	if (!number)
		lacks("nothing inherited (ATTACK_FD)");
	packet.ip.protocol = IPPROTO_UDP;
	packet.ip.tot_len = htons(sizeof(packet));
	packet.ip.daddr = a.denied.v4.sin_addr.s_addr;
	packet.udp.source = htons(4242);
	packet.udp.dest = a.denied.v4.sin_port;
	packet.udp.len = htons(9);
	told("send", send(atoi(number), &packet, sizeof(packet), 0));
	/* The family of the name is not looked at there. */
	to.sll_protocol = htons(0x0800);
	told("sendto", sendto(atoi(number), &packet, sizeof(packet), 0,
			      (struct sockaddr *)&to, sizeof(to)));
	return 0;
}
