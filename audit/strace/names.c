/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/strace/names.c - the names of numbers and bits in network calls
 */
#include <linux/can.h>
#include <linux/in.h>
#include <linux/netlink.h>
#include <linux/vm_sockets.h>
#include <net/if.h>
#include <string.h>
#include <sys/socket.h>

#include "audit/strace/parts.h"
#include "net/sockkind.h"

static const struct strace_name inet_protocols[] = {
	ROW(IPPROTO_IP),         ROW(IPPROTO_ICMP),        ROW(IPPROTO_IGMP),
	ROW(IPPROTO_IPIP),       ROW(IPPROTO_TCP),         ROW(IPPROTO_EGP),
	ROW(IPPROTO_PUP),        ROW(IPPROTO_UDP),         ROW(IPPROTO_IDP),
	ROW(IPPROTO_TP),         ROW(IPPROTO_DCCP),        ROW(IPPROTO_IPV6),
	ROW(IPPROTO_RSVP),       ROW(IPPROTO_GRE),         ROW(IPPROTO_ESP),
	ROW(IPPROTO_AH),         ROW(IPPROTO_MTP),         ROW(IPPROTO_BEETPH),
	ROW(IPPROTO_ENCAP),      ROW(IPPROTO_PIM),         ROW(IPPROTO_COMP),
	ROW(IPPROTO_L2TP),       ROW(IPPROTO_SCTP),        ROW(IPPROTO_UDPLITE),
	ROW(IPPROTO_MPLS),       ROW(IPPROTO_ETHERNET),    ROW(IPPROTO_RAW),
	ROW(IPPROTO_MPTCP),      {58, "IPPROTO_ICMPV6"}, /* of <linux/in6.h> */
	{43, "IPPROTO_ROUTING"}, {44, "IPPROTO_FRAGMENT"}, {59, "IPPROTO_NONE"},
	{60, "IPPROTO_DSTOPTS"}, {135, "IPPROTO_MH"},
};

const struct strace_names strace_inet_protocols = NAMES(inet_protocols, "IPPROTO_???");

static const struct strace_name netlink_protocols[] = {
	ROW(NETLINK_ROUTE),      ROW(NETLINK_UNUSED),
	ROW(NETLINK_USERSOCK),   ROW(NETLINK_FIREWALL),
	ROW(NETLINK_SOCK_DIAG),  ROW(NETLINK_NFLOG),
	ROW(NETLINK_XFRM),       ROW(NETLINK_SELINUX),
	ROW(NETLINK_ISCSI),      ROW(NETLINK_AUDIT),
	ROW(NETLINK_FIB_LOOKUP), ROW(NETLINK_CONNECTOR),
	ROW(NETLINK_NETFILTER),  ROW(NETLINK_IP6_FW),
	ROW(NETLINK_DNRTMSG),    ROW(NETLINK_KOBJECT_UEVENT),
	ROW(NETLINK_GENERIC),    ROW(NETLINK_SCSITRANSPORT),
	ROW(NETLINK_ECRYPTFS),   ROW(NETLINK_RDMA),
	ROW(NETLINK_CRYPTO),     ROW(NETLINK_SMC),
};

const struct strace_names strace_netlink_protocols =
	NAMES(netlink_protocols, "NETLINK_???");

static const struct strace_name bluetooth_protocols[] = {
	{0, "BTPROTO_L2CAP"},  {1, "BTPROTO_HCI"},   {2, "BTPROTO_SCO"},
	{3, "BTPROTO_RFCOMM"}, {4, "BTPROTO_BNEP"},  {5, "BTPROTO_CMTP"},
	{6, "BTPROTO_HIDP"},   {7, "BTPROTO_AVDTP"}, {8, "BTPROTO_ISO"},
};

const struct strace_names strace_bluetooth_protocols =
	NAMES(bluetooth_protocols, "BTPROTO_???");

static const struct strace_name can_protocols[] = {
	ROW(CAN_RAW),   ROW(CAN_BCM),   ROW(CAN_TP16),  ROW(CAN_TP20),
	ROW(CAN_MCNET), ROW(CAN_ISOTP), ROW(CAN_J1939),
};

const struct strace_names strace_can_protocols = NAMES(can_protocols, "CAN_???");

static const struct strace_name message_flags[] = {
	ROW(MSG_OOB),
	ROW(MSG_PEEK),
	ROW(MSG_DONTROUTE),
	ROW(MSG_CTRUNC),
	{0x10, "MSG_PROBE"}, /* include/linux/socket.h */
	ROW(MSG_TRUNC),
	ROW(MSG_DONTWAIT),
	ROW(MSG_EOR),
	ROW(MSG_WAITALL),
	ROW(MSG_FIN),
	ROW(MSG_SYN),
	ROW(MSG_CONFIRM),
	ROW(MSG_RST),
	ROW(MSG_ERRQUEUE),
	ROW(MSG_NOSIGNAL),
	ROW(MSG_MORE),
	ROW(MSG_WAITFORONE),
	{0x20000, "MSG_SENDPAGE_NOTLAST"}, /* the same */
	ROW(MSG_BATCH),
	{0x80000, "MSG_NO_SHARED_FRAGS"},
	ROW(MSG_ZEROCOPY),
	ROW(MSG_FASTOPEN),
	ROW(MSG_CMSG_CLOEXEC),
	{0x80000000, "MSG_CMSG_COMPAT"},
};

const struct strace_names strace_message_flags = NAMES(message_flags, "MSG_???");

static const struct strace_name type_flags[] = {
	ROW(SOCK_CLOEXEC),
	ROW(SOCK_NONBLOCK),
};

const struct strace_names strace_type_flags = NAMES(type_flags, "SOCK_???");

static const struct strace_name shutdowns[] = {
	{SHUT_RD, "SHUT_RD"},
	{SHUT_WR, "SHUT_WR"},
	{SHUT_RDWR, "SHUT_RDWR"},
};

const struct strace_names strace_shutdowns = NAMES(shutdowns, "SHUT_???");

static const struct strace_name packet_types[] = {
	{0, "PACKET_HOST"},      {1, "PACKET_BROADCAST"}, {2, "PACKET_MULTICAST"},
	{3, "PACKET_OTHERHOST"}, {4, "PACKET_OUTGOING"},  {5, "PACKET_LOOPBACK"},
	{6, "PACKET_USER"},      {7, "PACKET_KERNEL"},
};

const struct strace_names strace_packet_types = NAMES(packet_types, "PACKET_???");

static const struct strace_name cids[] = {
	ROW(VMADDR_CID_ANY),
	ROW(VMADDR_CID_HYPERVISOR),
	ROW(VMADDR_CID_LOCAL),
	ROW(VMADDR_CID_HOST),
};

const struct strace_names strace_cids = NAMES(cids, "VMADDR_CID_???");

static const struct strace_name vsock_flags[] = {
	ROW(VMADDR_FLAG_TO_HOST),
};

const struct strace_names strace_vsock_flags = NAMES(vsock_flags, "VMADDR_FLAG_???");

static const struct strace_name levels[] = {
	{0, "SOL_IP"},        {1, "SOL_SOCKET"},    {6, "SOL_TCP"},
	{17, "SOL_UDP"},      {41, "SOL_IPV6"},     {58, "SOL_ICMPV6"},
	{132, "SOL_SCTP"},    {136, "SOL_UDPLITE"}, ROW(SOL_RAW),
	ROW(SOL_X25),         ROW(SOL_PACKET),      ROW(SOL_ATM),
	ROW(SOL_AAL),         ROW(SOL_IRDA),        ROW(SOL_NETBEUI),
	ROW(SOL_LLC),         ROW(SOL_DCCP),        ROW(SOL_NETLINK),
	ROW(SOL_TIPC),        ROW(SOL_RXRPC),       ROW(SOL_PPPOL2TP),
	ROW(SOL_BLUETOOTH),   ROW(SOL_PNPIPE),      ROW(SOL_RDS),
	ROW(SOL_IUCV),        ROW(SOL_CAIF),        ROW(SOL_ALG),
	ROW(SOL_NFC),         ROW(SOL_KCM),         ROW(SOL_TLS),
	ROW(SOL_XDP),         {40, "AF_VSOCK"},     {100, "SOL_CAN_BASE"},
	{101, "SOL_CAN_RAW"}, {256, "SOL_IPX"},     {257, "SOL_AX25"},
	{258, "SOL_ATALK"},   {259, "SOL_NETROM"},  {260, "SOL_ROSE"},
	ROW(SOL_DECNET),
};

const struct strace_names strace_levels = NAMES(levels, "SOL_???");
static const struct strace_names option_levels = NAMES(levels, "SOL_??");

void strace_put_level(struct buf *out, uint32_t level)
{
	strace_put_name(out, &option_levels, level);
}

static const struct strace_name socket_control[] = {
	{1, "SCM_RIGHTS"},        {2, "SCM_CREDENTIALS"},     {3, "SCM_SECURITY"},
	{29, "SO_TIMESTAMP_OLD"}, {35, "SO_TIMESTAMPNS_OLD"}, {37, "SO_TIMESTAMPING_OLD"},
	{61, "SO_TXTIME"},
};

const struct strace_names strace_socket_control = NAMES(socket_control, "SCM_???");

static const struct strace_name ip_control[] = {
	{1, "IP_TOS"},          {2, "IP_TTL"},       {6, "IP_RECVOPTS"},
	{7, "IP_RETOPTS"},      {8, "IP_PKTINFO"},   {11, "IP_RECVERR"},
	{20, "IP_ORIGDSTADDR"}, {23, "IP_CHECKSUM"},
};

const struct strace_names strace_ip_control = NAMES(ip_control, "IP_???");

const char *strace_name(const struct strace_names *names, uint32_t value)
{
	for (size_t i = 0; i < names->count; i++)
		if (names->rows[i].value == value)
			return names->rows[i].name;
	return NULL;
}

static void put_unknown(struct buf *out, const struct strace_names *names, uint32_t value)
{
	buf_printf(out, "%#x /* %s */", value, names->unknown);
}

void strace_put_name(struct buf *out, const struct strace_names *names, uint32_t value)
{
	const char *name = strace_name(names, value);

	if (name)
		buf_puts(out, name);
	else
		put_unknown(out, names, value);
}

void strace_put_flags(struct buf *out, const struct strace_names *names, uint32_t value)
{
	uint32_t rest = value;

	if (!value)
		buf_putc(out, '0');
	for (size_t i = 0; i < names->count; i++) {
		if (!(rest & names->rows[i].value))
			continue;
		if (rest != value)
			buf_putc(out, '|');
		buf_puts(out, names->rows[i].name);
		rest &= ~names->rows[i].value;
	}
	if (rest == value && value)
		put_unknown(out, names, value);
	else if (rest)
		buf_printf(out, "|%#x", rest);
}

void strace_put_family(struct buf *out, uint32_t family)
{
	const char *name = family <= UINT16_MAX ? family_name((int)family) : NULL;

	if (name)
		buf_puts(out, name);
	else
		buf_printf(out, "%#x /* AF_??? */", family);
}

void strace_put_id(struct buf *out, uint32_t id)
{
	if (id == UINT32_MAX)
		buf_puts(out, "-1");
	else
		buf_printf(out, "%u", id);
}

void strace_put_room(struct buf *out, int32_t room, int32_t len)
{
	if (room == len)
		buf_printf(out, ", [%d]", len);
	else
		buf_printf(out, ", [%d => %d]", room, len);
}

void strace_put_interface(struct buf *out, uint32_t index)
{
	char name[IF_NAMESIZE];

	if (!index || !if_indextoname(index, name)) {
		buf_printf(out, "%u", index);
		return;
	}
	buf_puts(out, "if_nametoindex(");
	strace_put_quoted(out, (const uint8_t *)name, strlen(name));
	buf_putc(out, ')');
}
