/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/netlink_newroute_sendfile.c - a netlink request that changes routes, by splice(2)
 *
 * attack:   RTM_NEWROUTE makes 198.51.100.7 an address of this machine
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
	struct netlink_request request = netlink_bend(RTM_NEWROUTE);
	int fd = socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
	int pair[2];

	if (pipe(pair) < 0 || write(pair[1], &request, request.head.nlmsg_len) < 0)
		die("pipe");
	saw("splice", splice(pair[0], NULL, fd, NULL, request.head.nlmsg_len, 0));
	door_target(argc, argv);
	return netlink_verdict();
}
