/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/unspec_sendmsg_connected.c - sendmsg(2) with AF_UNSPEC on a socket
 * connected to 127.0.0.1
 *
 * attack:   IPv4 sends to the address behind AF_UNSPEC, not to where the socket is
 *           connected
 * expect:   silent control=reached
 * event:    -
 * source:   net/ipv4/udp.c udp_sendmsg
 * root:     no
 */
#include "attack.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	struct endpoint ep = a.denied;
	struct iovec iov = {.iov_base = "x", .iov_len = 1};
	struct msghdr msg = {.msg_iov = &iov, .msg_iovlen = 1};
	int fd = open_udp(AF_INET);

	ep.sa.sa_family = AF_UNSPEC;
	msg.msg_name = &ep.v4;
	msg.msg_namelen = ep.len;
	told("connect", connect(fd, &a.allowed.sa, a.allowed.len));
	told("sendmsg", sendmsg(fd, &msg, 0));
	return 0;
}
