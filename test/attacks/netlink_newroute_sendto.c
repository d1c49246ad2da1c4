/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/netlink_newroute_sendto.c - a netlink request that changes routes, by sendto(2)
 *
 * attack:   RTM_NEWROUTE makes 198.51.100.7 an address of this machine
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
	struct netlink_request request = netlink_bend(RTM_NEWROUTE);
	int fd = socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
	struct sockaddr_nl kernel = {.nl_family = AF_NETLINK};

	saw("sendto", sendto(fd, &request, request.head.nlmsg_len, 0,
			     (struct sockaddr *)&kernel, sizeof(kernel)));
	door_target(argc, argv);
	return netlink_verdict();
}
