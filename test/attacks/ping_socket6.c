/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/ping_socket6.c - an echo request to ADDR by an IPv6 ping socket
 *
 * attack:   as ping_socket, with ICMPv6
 * expect:   silent control=reached
 * event:    -
 * family:   6
 * records:  packet ADDR
 * source:   icmp(7) ping_group_range
 * root:     no
 */
#include "attack.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	unsigned char echo[8] = {128};
	int fd = open_socket(AF_INET6, SOCK_DGRAM, IPPROTO_ICMPV6);

	told("sendto", sendto(fd, echo, sizeof(echo), 0, &a.denied.sa, a.denied.len));
	return 0;
}
