/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/sendmsg_retopts.c - sendmsg(2) to 127.0.0.1 with a source route over ADDR
 * in its control data
 *
 * attack:   IP_RETOPTS carries a loose source route: the packet goes to its first hop,
 *           whatever the name says
 * expect:   silent control=none
 * event:    route-bend
 * source:   ip(7) IP_RETOPTS; net/ipv4/udp.c udp_sendmsg (opt->srr)
 * root:     yes (CAP_NET_RAW)
 */
#include "attack.h"
#include <netinet/ip.h>

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	unsigned char route[12] = {IPOPT_LSRR, 11, IPOPT_MINOFF};
	char control[CMSG_SPACE(sizeof(route))] = {0};

	struct iovec iov = {.iov_base = "x", .iov_len = 1};
	struct msghdr msg = {.msg_iov = &iov,
			     .msg_iovlen = 1,
			     .msg_control = control,
			     .msg_controllen = sizeof(control)};
	struct cmsghdr *c = CMSG_FIRSTHDR(&msg);

	memcpy(route + 3, &a.denied.v4.sin_addr, 4);
	memcpy(route + 7, &a.allowed.v4.sin_addr, 4);
	route[11] = IPOPT_EOL;
	c->cmsg_level = IPPROTO_IP;
	c->cmsg_type = IP_RETOPTS;
	c->cmsg_len = CMSG_LEN(sizeof(route));
	memcpy(CMSG_DATA(c), route, sizeof(route));
	msg.msg_name = &a.allowed.v4;
	msg.msg_namelen = a.allowed.len;
	told("sendmsg", sendmsg(open_udp(AF_INET), &msg, 0));
	return 0;
}
