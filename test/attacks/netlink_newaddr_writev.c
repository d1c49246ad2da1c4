/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/netlink_newaddr_writev.c - a netlink request that changes addresses, by writev(2)
 *
 * attack:   RTM_NEWADDR makes 198.51.100.7 an address of this machine
 * expect:   silent control=none
 * event:    -
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
	struct iovec span = {&request, request.head.nlmsg_len};

	saw("writev", writev(fd, &span, 1));
	door_target(argc, argv);
	return netlink_verdict();
}
