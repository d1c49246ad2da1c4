/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/route_retopts.c - a source route as control data of one message
 *
 * attack:   IP_RETOPTS with LSRR over ADDR in sendmsg to 127.0.0.1
 * expect:   silent control=none
 * event:    route-bend
 * source:   ip(7), net/ipv4/ip_sockglue.c ip_cmsg_send
 * root:     yes
 * records:  packet ADDR
 */
#include "door.h"

int main(int argc, char **argv)
{
	struct endpoint ep = door_target(argc, argv);
	struct endpoint to = endpoint_from("127.0.0.1", argv[2]);
	unsigned char option[8] = {1, 131, 7, 4};
	_Alignas(struct cmsghdr) char control[CMSG_SPACE(sizeof(option))] = {0};
	struct iovec span = {(char[]){"x"}, 1};
	struct msghdr message = {.msg_name = &to.sa,
				 .msg_namelen = to.len,
				 .msg_iov = &span,
				 .msg_iovlen = 1,
				 .msg_control = control,
				 .msg_controllen = sizeof(control)};
	struct cmsghdr *head = CMSG_FIRSTHDR(&message);

	memcpy(option + 4, &ep.v4.sin_addr, 4);
	head->cmsg_level = IPPROTO_IP;
	head->cmsg_type = IP_RETOPTS;
	head->cmsg_len = CMSG_LEN(sizeof(option));
	memcpy(CMSG_DATA(head), option, sizeof(option));
	saw("send", sendmsg(socket(AF_INET, SOCK_DGRAM, 0), &message, 0));
	return 0;
}
