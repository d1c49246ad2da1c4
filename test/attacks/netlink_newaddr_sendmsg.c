/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/netlink_newaddr_sendmsg.c - a netlink request that changes addresses, by sendmsg(2)
 *
 * attack:   RTM_NEWADDR makes 198.51.100.7 an address of this machine
 * expect:   silent control=none
 * event:    route-bend
 * source:   rtnetlink(7), netlink(7)
 * root:     yes
 * witness:  output
 */
#include <sys/uio.h>

#include "netlink.h"

int main(int argc, char **argv)
{
	struct netlink_request request = netlink_bend(RTM_NEWADDR);
	int fd = socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
	struct sockaddr_nl kernel = {.nl_family = AF_NETLINK};
	struct iovec span = {&request, request.head.nlmsg_len};
	struct msghdr message = {.msg_name = &kernel,
				 .msg_namelen = sizeof(kernel),
				 .msg_iov = &span,
				 .msg_iovlen = 1};

	saw("sendmsg", sendmsg(fd, &message, 0));
	door_target(argc, argv);
	return netlink_verdict();
}
