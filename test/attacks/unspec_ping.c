/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/unspec_ping.c - a ping socket and an address of no family
 *
 * attack:   as ping_socket; the family in the address is AF_UNSPEC for sendto, then
 *           AF_INET for sendmsg
 * expect:   silent control=reached
 * event:    -
 * records:  packet ADDR
 * source:   icmp(7); net/ipv4/ping.c ping_v4_sendmsg
 * root:     no
 */
#include "attack.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	unsigned char echo[8] = {8};
	struct endpoint none = a.denied;
	struct iovec iov = {.iov_base = echo, .iov_len = sizeof(echo)};
	struct msghdr msg = {.msg_iov = &iov, .msg_iovlen = 1};
	int fd = open_socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP);

	none.sa.sa_family = AF_UNSPEC;
	told("sendto", sendto(fd, echo, sizeof(echo), 0, &none.sa, none.len));
	msg.msg_name = &a.denied.v4;
	msg.msg_namelen = a.denied.len;
	told("sendmsg", sendmsg(fd, &msg, 0));
	return 0;
}
