/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/zero_pktinfo6.c - sendmsg(2) to ::ffff:0.0.0.0 with ::ffff:ADDR as the
 * source that IPV6_PKTINFO asks for
 *
 * attack:   as zero_pktinfo, on an IPv6 socket
 * expect:   silent control=reached
 * event:    -
 * source:   net/ipv4/ip_sockglue.c ip_cmsg_send with allow_ipv6; net/ipv4/route.c
 *           ip_route_output_key_hash_rcu: no destination is the source address
 * root:     no
 */
#include "attack.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	struct endpoint zero = mapped(&a.denied);
	struct in6_pktinfo info = {.ipi6_addr = zero.v6.sin6_addr};
	char control[CMSG_SPACE(sizeof(info))] = {0};

	struct iovec iov = {.iov_base = "x", .iov_len = 1};
	struct msghdr msg = {.msg_iov = &iov,
			     .msg_iovlen = 1,
			     .msg_control = control,
			     .msg_controllen = sizeof(control)};
	struct cmsghdr *c = CMSG_FIRSTHDR(&msg);

	memset(&zero.v6.sin6_addr.s6_addr[12], 0, 4);
	c->cmsg_level = IPPROTO_IPV6;
	c->cmsg_type = IPV6_PKTINFO;
	c->cmsg_len = CMSG_LEN(sizeof(info));
	memcpy(CMSG_DATA(c), &info, sizeof(info));
	msg.msg_name = &zero.v6;
	msg.msg_namelen = zero.len;
	told("sendmsg", sendmsg(open_udp(AF_INET6), &msg, 0));
	return 0;
}
