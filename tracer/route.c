/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/route.c - socket options and control data that send packets another way than
 * their address says
 */
#include "tracer/route.h"

#include <linux/if_tun.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/rtnetlink.h>
#include <linux/sockios.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include "net/control.h"

#define SOL_SCTP 132

/* Source routes (net/ipv4/ip_options.c, net/ipv6/exthdrs.c: a routing header's first
 * segment is where the packet goes), flow labels that carry one, foreign source
 * addresses (IP_TRANSPARENT), devices, marks for ip-rule(8), and the connect that SCTP
 * hides in an option (net/sctp/socket.c). */
static const struct route_option options[] = {
	{SOL_IP, IP_OPTIONS, "IP_OPTIONS"},
	{SOL_IP, IP_TRANSPARENT, "IP_TRANSPARENT"},
	{SOL_IPV6, IPV6_RTHDR, "IPV6_RTHDR"},
	{SOL_IPV6, 5, "IPV6_2292RTHDR"}, /* <linux/in6.h> */
	{SOL_IPV6, 6, "IPV6_2292PKTOPTIONS"},
	{SOL_IPV6, 32, "IPV6_FLOWLABEL_MGR"},
	{SOL_IPV6, IPV6_TRANSPARENT, "IPV6_TRANSPARENT"},
	{SOL_IP, 50, "IP_UNICAST_IF"}, /* <linux/in.h> */
	{SOL_IPV6, 76, "IPV6_UNICAST_IF"},
	{SOL_IPV6, IPV6_PKTINFO, "IPV6_PKTINFO"},
	{SOL_SOCKET, SO_MARK, "SO_MARK"},
	{SOL_SOCKET, SO_BINDTODEVICE, "SO_BINDTODEVICE"},
	{SOL_SOCKET, 62, "SO_BINDTOIFINDEX"},         /* <asm-generic/socket.h> */
	{SOL_SCTP, 107, "SCTP_SOCKOPT_CONNECTX_OLD"}, /* <linux/sctp.h> */
	{SOL_SCTP, 110, "SCTP_SOCKOPT_CONNECTX"},
	{SOL_SCTP, 111, "SCTP_SOCKOPT_CONNECTX3"},
};

/* sctp_connectx(3) is this one, today (net/sctp/socket.c sctp_getsockopt_connectx3). */
const struct route_option route_getsockopt = {SOL_SCTP, 111, "SCTP_SOCKOPT_CONNECTX3"};

/* netdevice(7), arp(7), and what makes interfaces. */
#define REQUEST(name)                                                                    \
	{                                                                                \
		0, (int)(name), #name                                                    \
	}
static const struct route_option ioctls[] = {
	REQUEST(SIOCADDRT),
	REQUEST(SIOCDELRT),
	REQUEST(SIOCSIFADDR),
	REQUEST(SIOCDIFADDR),
	REQUEST(SIOCSIFFLAGS),
	REQUEST(SIOCSIFDSTADDR),
	REQUEST(SIOCSIFNETMASK),
	REQUEST(SIOCSIFBRDADDR),
	REQUEST(SIOCSIFHWADDR),
	REQUEST(SIOCSIFNAME),
	REQUEST(SIOCSARP),
	REQUEST(SIOCDARP),
	REQUEST(SIOCBRADDBR),
	REQUEST(SIOCBRADDIF),
	REQUEST(SIOCADDDLCI),
	{0, SIOCDEVPRIVATE + 1, "SIOCADDTUNNEL"}, /* <linux/if_tunnel.h> */
	REQUEST(SIOCBONDENSLAVE),
	REQUEST(SIOCSIFVLAN),
	REQUEST(TUNSETIFF),
};
#undef REQUEST

static const struct route_option control[] = {
	{SOL_IP, IP_RETOPTS, "IP_RETOPTS"}, {SOL_IPV6, IPV6_RTHDR, "IPV6_RTHDR"},
	{SOL_IPV6, 5, "IPV6_2292RTHDR"},    {SOL_SOCKET, SO_MARK, "SO_MARK"},
	{SOL_SCTP, 7, "SCTP_DSTADDRV4"}, /* <linux/sctp.h> */
	{SOL_SCTP, 8, "SCTP_DSTADDRV6"},
};

const struct route_option *route_options(size_t *ret_count)
{
	*ret_count = ARRAY_LEN(options);
	return options;
}

static const struct route_option *find(const struct route_option *rows, size_t count,
				       int level, int name)
{
	for (size_t i = 0; i < count; i++)
		if (rows[i].level == level && rows[i].name == name)
			return &rows[i];
	return NULL;
}

const struct route_option *route_option_find(int level, int name)
{
	return find(options, ARRAY_LEN(options), level, name);
}

const struct route_option *route_ioctls(size_t *ret_count)
{
	*ret_count = ARRAY_LEN(ioctls);
	return ioctls;
}

const struct route_option *route_ioctl_find(int request)
{
	return find(ioctls, ARRAY_LEN(ioctls), 0, request);
}

/* <linux/xfrm.h>: tunnels and policies; everything but these asks only. */
static bool asks_xfrm(uint16_t type)
{
	static const uint16_t asking[] = {0x12 /* GETSA */,      0x15 /* GETPOLICY */,
					  0x1f /* GETAE */,      0x23 /* GETSADINFO */,
					  0x25 /* GETSPDINFO */, 0x28 /* GETDEFAULT */};

	for (size_t i = 0; i < ARRAY_LEN(asking); i++)
		if (type == asking[i])
			return true;
	return type < 0x10; /* XFRM_MSG_BASE */
}

/* <linux/rtnetlink.h>: types come in fours, NEW, DEL, GET, SET. A batch is how nftables
 * changes its rules (<linux/netfilter/nfnetlink.h>). */
bool route_is_changed(int protocol, uint16_t type)
{
	if (protocol == NETLINK_NETFILTER)
		return type == NFNL_MSG_BATCH_BEGIN;
	if (protocol == NETLINK_XFRM)
		return !asks_xfrm(type);
	return protocol == NETLINK_ROUTE && type >= RTM_BASE && type % 4 != 2;
}

/* A device other than the loopback one, whose index is 1 in every network namespace
 * (net/core/net_namespace.c): it would take packets for this host out of it. */
static const struct route_option *leaves_host(const struct control_message *message)
{
	static const struct {
		struct route_option option;
		size_t index_at;
	} rows[] = {
		{{SOL_IP, IP_PKTINFO, "IP_PKTINFO"},
		 offsetof(struct in_pktinfo, ipi_ifindex)},
		{{SOL_IPV6, IPV6_PKTINFO, "IPV6_PKTINFO"},
		 offsetof(struct in6_pktinfo, ipi6_ifindex)},
		{{SOL_IPV6, 2, "IPV6_2292PKTINFO"}, /* <linux/in6.h> */
		 offsetof(struct in6_pktinfo, ipi6_ifindex)},
	};
	uint32_t ifindex;

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		if (message->level != rows[i].option.level ||
		    message->type != rows[i].option.name ||
		    message->len < rows[i].index_at + sizeof(ifindex))
			continue;
		memcpy(&ifindex, message->data + rows[i].index_at, sizeof(ifindex));
		if (ifindex > 1)
			return &rows[i].option;
	}
	return NULL;
}

const struct route_option *route_in_control(const uint8_t *bytes, size_t len,
					    unsigned word, bool local)
{
	const struct route_option *found = NULL;
	struct control_message message;
	size_t at = 0;

	while (!found && control_next(bytes, len, word, &at, &message) == 1) {
		found = find(control, ARRAY_LEN(control), message.level, message.type);
		if (!found && local)
			found = leaves_host(&message);
	}
	return found;
}
