/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/netlink.h - one route or address, asked of the kernel by netlink
 */
#ifndef NETJAIL_TEST_NETLINK_H
#define NETJAIL_TEST_NETLINK_H

#include <linux/rtnetlink.h>

#include "door.h"

struct netlink_request {
	struct nlmsghdr head;
	union {
		struct rtmsg route;
		struct ifaddrmsg addr;
	};
	char attributes[32];
};

static inline void put_attribute(struct netlink_request *request, unsigned short type,
				 const void *value, unsigned short len)
{
	struct rtattr *at =
		(void *)((char *)request + NLMSG_ALIGN(request->head.nlmsg_len));

	at->rta_type = type;
	at->rta_len = (unsigned short)RTA_LENGTH(len);
	memcpy(RTA_DATA(at), value, len);
	request->head.nlmsg_len =
		NLMSG_ALIGN(request->head.nlmsg_len) + (unsigned)RTA_SPACE(len);
}

/* 198.51.100.7 (TEST-NET-2) becomes an address of this machine, by RTM_NEWADDR, or a
 * route of type local to it is made: a packet for it then arrives here. */
static inline struct netlink_request netlink_bend(int type)
{
	static const unsigned char addr[4] = {198, 51, 100, 7};
	struct netlink_request request = {0};
	int lo = 1;

	request.head.nlmsg_type = (unsigned short)type;
	request.head.nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE;
	if (type == RTM_NEWADDR) {
		request.head.nlmsg_len = NLMSG_LENGTH(sizeof(request.addr));
		request.addr = (struct ifaddrmsg){
			.ifa_family = AF_INET, .ifa_prefixlen = 32, .ifa_index = 1};
		put_attribute(&request, IFA_LOCAL, addr, 4);
	} else {
		request.head.nlmsg_len = NLMSG_LENGTH(sizeof(request.route));
		request.route = (struct rtmsg){.rtm_family = AF_INET,
					       .rtm_dst_len = 32,
					       .rtm_table = RT_TABLE_LOCAL,
					       .rtm_scope = RT_SCOPE_HOST,
					       .rtm_type = RTN_LOCAL};
		put_attribute(&request, RTA_DST, addr, 4);
		put_attribute(&request, RTA_OIF, &lo, sizeof(lo));
	}
	return request;
}

/* Takes the address and the route away again: the next run begins where this one did. */
static inline void netlink_undo(void)
{
	static const int types[][2] = {{RTM_NEWADDR, RTM_DELADDR}, {RTM_NEWROUTE, RTM_DELROUTE}};
	int fd = socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);

	for (int i = 0; i < 2; i++) {
		struct netlink_request request = netlink_bend(types[i][0]);

		request.head.nlmsg_type = (unsigned short)types[i][1];
		if (write(fd, &request, request.head.nlmsg_len) < 0)
			perror("write");
	}
	close(fd);
}

/* Whether the machine takes the address for its own now: "leak:" is what the runner
 * looks for. */
static inline int netlink_verdict(void)
{
	struct endpoint ep = endpoint_from("198.51.100.7", "0");
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	puts(bind(fd, &ep.sa, ep.len) == 0 ? "leak: the route is bent" : "not bent");
	close(fd);
	netlink_undo();
	return 0;
}

#endif
