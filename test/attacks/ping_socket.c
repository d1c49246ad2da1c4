/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/ping_socket.c - an echo request to ADDR by a ping socket
 *
 * attack:   a datagram socket of protocol ICMP needs no right where ping_group_range
 *           allows it
 * expect:   silent control=reached
 * event:    -
 * records:  packet ADDR
 * source:   icmp(7) ping_group_range
 * root:     no
 */
#include "attack.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	unsigned char echo[8] = {8};
	int fd = open_socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP);

	told("sendto", sendto(fd, echo, sizeof(echo), 0, &a.denied.sa, a.denied.len));
	told("connect", connect(fd, &a.denied.sa, a.denied.len));
	told("send", send(fd, echo, sizeof(echo), 0));
	return 0;
}
