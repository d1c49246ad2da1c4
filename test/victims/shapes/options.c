/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/shapes/options.c - getsockopt and setsockopt: every option of each level, with
 * values of many sizes
 */
#include <net/if.h>

#include "shapes.h"

static void get(int fd, long level, long name, void *value, void *len)
{
	call(SYS_getsockopt, fd, (void *)level, name, (long)value, len, 0);
}

static void set(int fd, long level, long name, const void *value, long len)
{
	call(SYS_setsockopt, fd, (void *)level, name, (long)value, (void *)len, 0);
}

/* Values that are another in each run: counters, cookies, the CPU. */
static int varies(long level, long name)
{
	static const long rows[][2] = {
		{SOL_SOCKET, 49},  {SOL_SOCKET, 55}, {SOL_SOCKET, 56},  {SOL_SOCKET, 57},
		{SOL_SOCKET, 71},  {SOL_SOCKET, 77}, {IPPROTO_TCP, 11}, {IPPROTO_TCP, 24},
		{IPPROTO_TCP, 26}, {IPPROTO_TCP, 21}};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i][0] == level && rows[i][1] == name)
			return 1;
	return 0;
}

static void every_option(int domain, int type, int protocol, long level, long last)
{
	static const long sizes[] = {0, 1, 3, 4, 8, 12, 16, 40, 64};

	for (long name = 0; name <= last; name++) {
		int fd = socket(domain, type, protocol);

		for (size_t i = 0; fd >= 0 && i < sizeof(sizes) / sizeof(sizes[0]); i++) {
			int len = (int)sizes[i];

			memset(END, 0, 256);
			memcpy(END + 128, &len, sizeof(len));
			if (!varies(level, name))
				get(fd, level, name, END, END + 128);
			memset(END, 1, 64);
			set(fd, level, name, END, sizes[i]);
		}
		if (fd >= 0)
			close(fd);
	}
}

static void pointers(void)
{
	int four = 4;

	put_at(128, &four, sizeof(four));
	get(udp, SOL_SOCKET, SO_REUSEADDR, NULL, NULL);
	get(udp, SOL_SOCKET, SO_REUSEADDR, END, NULL);
	get(udp, SOL_SOCKET, SO_REUSEADDR, END, BAD);
	get(udp, SOL_SOCKET, SO_REUSEADDR, BAD, END + 128);
	get(udp, SOL_SOCKET, SO_REUSEADDR, NULL, END + 128);
	get(-1, SOL_SOCKET, SO_ERROR, END, END + 128);
	four = -1;
	put_at(128, &four, sizeof(four));
	get(udp, SOL_SOCKET, SO_REUSEADDR, END, END + 128);
	set(udp, SOL_SOCKET, SO_REUSEADDR, NULL, 4);
	set(udp, SOL_SOCKET, SO_REUSEADDR, BAD, 4);
	set(udp, SOL_SOCKET, SO_LINGER, BAD, 8);
	set(udp, SOL_SOCKET, SO_REUSEADDR, END, -1);
	set(-1, IPPROTO_TCP, TCP_NODELAY, END, 4);
	set(udp, 1000, 7, END, 4);
	set(udp, IPPROTO_ICMPV6, 7, END, 5);
	set(udp, 300, 7, END, 4);
}

static void memberships(void)
{
	struct ip_mreq v4 = {0};
	struct ipv6_mreq v6 = {.ipv6mr_interface = if_nametoindex("lo")};
	struct group_req group = {.gr_interface = if_nametoindex("lo")};

	inet_pton(AF_INET, "224.0.0.251", &v4.imr_multiaddr);
	inet_pton(AF_INET6, "ff02::fb", &v6.ipv6mr_multiaddr);
	set(udp, IPPROTO_IP, IP_ADD_MEMBERSHIP, put_at(0, &v4, sizeof(v4)), sizeof(v4));
	set(udp, IPPROTO_IP, IP_DROP_MEMBERSHIP, END, sizeof(v4));
	set(udp, IPPROTO_IP, IP_DROP_MEMBERSHIP, END, 5);
	set(udp6, IPPROTO_IPV6, IPV6_JOIN_GROUP, put_at(0, &v6, sizeof(v6)), sizeof(v6));
	set(udp6, IPPROTO_IPV6, IPV6_LEAVE_GROUP, END, sizeof(v6));
	memcpy(&group.gr_group, end4("224.0.0.252", 0), sizeof(group.gr_group));
	set(udp, IPPROTO_IP, MCAST_JOIN_GROUP, put_at(0, &group, sizeof(group)),
	    sizeof(group));
	memcpy(&group.gr_group, end6("ff02::fc", 0, 0, 0), sizeof(group.gr_group));
	set(udp6, IPPROTO_IPV6, MCAST_JOIN_GROUP, put_at(0, &group, sizeof(group)),
	    sizeof(group));
}

static void errors(void)
{
	int four = 4;
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	put_at(128, &four, sizeof(four));
	connects(fd, end4("127.0.0.1", 9), sizeof(struct sockaddr_in));
	call(SYS_sendto, fd, "x", 1, 0, NULL, 0);
	get(fd, SOL_SOCKET, SO_ERROR, END, END + 128);
	get(fd, SOL_SOCKET, SO_ERROR, END, END + 128);
	close(fd);
}

void options(void)
{
	every_option(AF_INET, SOCK_DGRAM, 0, SOL_SOCKET, 90);
	every_option(AF_UNIX, SOCK_STREAM, 0, SOL_SOCKET, 90);
	every_option(AF_INET, SOCK_DGRAM, 0, IPPROTO_IP, 140);
	every_option(AF_INET6, SOCK_DGRAM, 0, IPPROTO_IPV6, 90);
	every_option(AF_INET, SOCK_STREAM, 0, IPPROTO_TCP, 40);
	every_option(AF_INET, SOCK_DGRAM, 0, IPPROTO_UDP, 110);
	every_option(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE, SOL_NETLINK, 8);
	pointers();
	memberships();
	errors();
}
