/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/zero_pktinfo.c - sendmsg(2) to 0.0.0.0 with ADDR as the source that
 * IP_PKTINFO asks for
 *
 * attack:   no bind: the source address comes with the message, and 0.0.0.0 means just
 *           that address
 * expect:   silent control=reached
 * event:    -
 * source:   ip(7) IP_PKTINFO; net/ipv4/route.c ip_route_output_key_hash_rcu: no
 *           destination is the source address
 * root:     no
 */
#include "attack.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	struct in_pktinfo info = {.ipi_spec_dst = a.denied.v4.sin_addr};
	char control[CMSG_SPACE(sizeof(info))] = {0};
	struct endpoint zero = a.denied;

	struct iovec iov = {.iov_base = "x", .iov_len = 1};
	struct msghdr msg = {.msg_iov = &iov,
			     .msg_iovlen = 1,
			     .msg_control = control,
			     .msg_controllen = sizeof(control)};
	struct cmsghdr *c = CMSG_FIRSTHDR(&msg);

	zero.v4.sin_addr.s_addr = 0;
	c->cmsg_level = IPPROTO_IP;
	c->cmsg_type = IP_PKTINFO;
	c->cmsg_len = CMSG_LEN(sizeof(info));
	memcpy(CMSG_DATA(c), &info, sizeof(info));
	msg.msg_name = &zero.v4;
	msg.msg_namelen = zero.len;
	told("sendmsg", sendmsg(open_udp(AF_INET), &msg, 0));
	return 0;
}
