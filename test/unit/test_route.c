/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_route.c - tracer/route.h and audit/evasion.h: which options and control
 * messages bend a route, and that every way round the jail has its name
 */
#include "tracer/route.h"

#include <linux/rtnetlink.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "audit/evasion.h"
#include "test/unit/harness.h"

TEST(options)
{
	size_t count;
	const struct route_option *options = route_options(&count);

	CHECK(count >= 10);
	for (size_t i = 0; i < count; i++)
		CHECK(route_option_find(options[i].level, options[i].name) ==
		      &options[i]);
	CHECK(route_option_find(SOL_SOCKET, SO_REUSEADDR) == NULL);
	CHECK(route_option_find(IPPROTO_TCP, IP_OPTIONS) == NULL);
	CHECK(route_option_find(-1, -1) == NULL);
}

TEST(ioctls)
{
	size_t count;
	const struct route_option *requests = route_ioctls(&count);

	CHECK(count >= 10);
	for (size_t i = 0; i < count; i++)
		CHECK(route_ioctl_find(requests[i].name) == &requests[i]);
	CHECK(route_ioctl_find(0x890b) != NULL); /* SIOCADDRT */
	CHECK(route_ioctl_find(0x8912) == NULL); /* SIOCGIFCONF */
	CHECK(route_option_find(IPPROTO_IPV6, IPV6_PKTINFO) != NULL);
	CHECK(route_option_find(SOL_SOCKET, SO_MARK) != NULL);
}

/* One message at `at`; returns where the next begins. */
static size_t put(uint8_t *bytes, size_t at, unsigned word, int level, int type,
		  uint64_t len)
{
	memcpy(bytes + at, &len, word);
	memcpy(bytes + at + word, &level, sizeof(level));
	memcpy(bytes + at + word + sizeof(level), &type, sizeof(type));
	return at + (size_t)((len + word - 1) & ~(uint64_t)(word - 1));
}

/* An exactly sized block, so that an over-read is seen. */
static const char *found_in(const uint8_t *bytes, size_t len, unsigned word)
{
	uint8_t *exact = malloc(len ? len : 1);
	const struct route_option *found;

	memcpy(exact, bytes, len);
	found = route_in_control(exact, len, word, true);
	free(exact);
	return found ? found->text : "none";
}

TEST(control_data)
{
	static const unsigned words[] = {4, 8};

	for (size_t w = 0; w < 2; w++) {
		unsigned word = words[w];
		uint64_t head = word + 8;
		uint8_t bytes[256] = {0};
		size_t at = put(bytes, 0, word, SOL_IP, IP_TTL, head + 4);

		CHECK_STR(found_in(bytes, 0, word), "none");
		CHECK_STR(found_in(bytes, at, word), "none");
		at = put(bytes, at, word, SOL_IPV6, IPV6_RTHDR, head + 24);
		CHECK_STR(found_in(bytes, at, word), "IPV6_RTHDR");
		CHECK_STR(found_in(bytes, at - 1, word), "none");
		put(bytes, 0, word, SOL_IP, IP_RETOPTS, head + 4);
		CHECK_STR(found_in(bytes, at, word), "IP_RETOPTS");
		put(bytes, 0, word, SOL_IP, IP_RETOPTS, head - 1); /* malformed: EINVAL */
		CHECK_STR(found_in(bytes, at, word), "none");
		put(bytes, 0, word, SOL_IP, IP_TTL, UINT64_MAX);
		CHECK_STR(found_in(bytes, at, word), "none");
	}
}

TEST(netlink_changes)
{
	static const struct {
		int protocol;
		uint16_t type;
		bool changed;
	} rows[] = {
		{NETLINK_ROUTE, RTM_NEWADDR, true},
		{NETLINK_ROUTE, RTM_DELROUTE, true},
		{NETLINK_ROUTE, RTM_SETLINK, true},
		{NETLINK_ROUTE, RTM_GETADDR, false},
		{NETLINK_ROUTE, RTM_GETROUTE, false},
		{NETLINK_ROUTE, RTM_NEWRULE, true},
		{NETLINK_ROUTE, NLMSG_NOOP, false},
		{NETLINK_ROUTE, NLMSG_DONE, false},
		{NETLINK_NETFILTER, 0x10, true},
		{NETLINK_NETFILTER, 0x0a01, false},
		{NETLINK_SOCK_DIAG, RTM_NEWADDR, false},
		{NETLINK_XFRM, 0x10, true},  /* XFRM_MSG_NEWSA */
		{NETLINK_XFRM, 0x1a, true},  /* XFRM_MSG_UPDSA */
		{NETLINK_XFRM, 0x12, false}, /* XFRM_MSG_GETSA */
		{NETLINK_XFRM, 0x25, false}, /* XFRM_MSG_GETSPDINFO */
		{NETLINK_XFRM, NLMSG_DONE, false},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		CHECK(route_is_changed(rows[i].protocol, rows[i].type) ==
		      rows[i].changed);
}

TEST(every_evasion_has_a_name_of_its_own)
{
	for (unsigned i = EVASION_NONE + 1; i < EVASION_NUM_; i++) {
		const struct evasion_row *row = evasion_row((enum evasion)i);

		CHECK(*row->name && *row->text && row->technique[0] == 'T');
		for (unsigned j = i + 1; j < EVASION_NUM_; j++)
			CHECK(strcmp(row->name, evasion_row((enum evasion)j)->name) != 0);
	}
	CHECK_STR(evasion_row((enum evasion)999)->name, "");
}
