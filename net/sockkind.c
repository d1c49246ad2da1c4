/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * net/sockkind.c - what a socket is: family, type and protocol, and their names
 */
#include "net/sockkind.h"

#include <linux/in.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

#include "base/buf.h"

#define ANY_PROTOCOL (-1)

static const struct {
	const char *constant;
	const char *small;
} families[] = {
	[AF_UNSPEC] = {"AF_UNSPEC", "unspec"},
	[AF_UNIX] = {"AF_UNIX", "unix"},
	[AF_INET] = {"AF_INET", "inet"},
	[AF_AX25] = {"AF_AX25", "ax25"},
	[AF_IPX] = {"AF_IPX", "ipx"},
	[AF_APPLETALK] = {"AF_APPLETALK", "appletalk"},
	[AF_NETROM] = {"AF_NETROM", "netrom"},
	[AF_BRIDGE] = {"AF_BRIDGE", "bridge"},
	[AF_ATMPVC] = {"AF_ATMPVC", "atmpvc"},
	[AF_X25] = {"AF_X25", "x25"},
	[AF_INET6] = {"AF_INET6", "inet6"},
	[AF_ROSE] = {"AF_ROSE", "rose"},
	[AF_DECnet] = {"AF_DECnet", "decnet"},
	[AF_NETBEUI] = {"AF_NETBEUI", "netbeui"},
	[AF_SECURITY] = {"AF_SECURITY", "security"},
	[AF_KEY] = {"AF_KEY", "key"},
	[AF_NETLINK] = {"AF_NETLINK", "netlink"},
	[AF_PACKET] = {"AF_PACKET", "packet"},
	[AF_ASH] = {"AF_ASH", "ash"},
	[AF_ECONET] = {"AF_ECONET", "econet"},
	[AF_ATMSVC] = {"AF_ATMSVC", "atmsvc"},
	[AF_RDS] = {"AF_RDS", "rds"},
	[AF_SNA] = {"AF_SNA", "sna"},
	[AF_IRDA] = {"AF_IRDA", "irda"},
	[AF_PPPOX] = {"AF_PPPOX", "pppox"},
	[AF_WANPIPE] = {"AF_WANPIPE", "wanpipe"},
	[AF_LLC] = {"AF_LLC", "llc"},
	[AF_IB] = {"AF_IB", "ib"},
	[AF_MPLS] = {"AF_MPLS", "mpls"},
	[AF_CAN] = {"AF_CAN", "can"},
	[AF_TIPC] = {"AF_TIPC", "tipc"},
	[AF_BLUETOOTH] = {"AF_BLUETOOTH", "bluetooth"},
	[AF_IUCV] = {"AF_IUCV", "iucv"},
	[AF_RXRPC] = {"AF_RXRPC", "rxrpc"},
	[AF_ISDN] = {"AF_ISDN", "isdn"},
	[AF_PHONET] = {"AF_PHONET", "phonet"},
	[AF_IEEE802154] = {"AF_IEEE802154", "ieee802154"},
	[AF_CAIF] = {"AF_CAIF", "caif"},
	[AF_ALG] = {"AF_ALG", "alg"},
	[AF_NFC] = {"AF_NFC", "nfc"},
	[AF_VSOCK] = {"AF_VSOCK", "vsock"},
	[AF_KCM] = {"AF_KCM", "kcm"},
	[AF_QIPCRTR] = {"AF_QIPCRTR", "qipcrtr"},
	[AF_SMC] = {"AF_SMC", "smc"},
	[AF_XDP] = {"AF_XDP", "xdp"},
	[AF_MCTP] = {"AF_MCTP", "mctp"},
};

static const struct {
	const char *name;
	int family;
} family_aliases[] = {
	{"local", AF_LOCAL},
	{"route", AF_ROUTE},
};

static const char *const types[] = {
	[SOCK_STREAM] = "SOCK_STREAM",
	[SOCK_DGRAM] = "SOCK_DGRAM",
	[SOCK_RAW] = "SOCK_RAW",
	[SOCK_RDM] = "SOCK_RDM",
	[SOCK_SEQPACKET] = "SOCK_SEQPACKET",
	[SOCK_DCCP] = "SOCK_DCCP",
	[SOCK_PACKET] = "SOCK_PACKET",
};

/* Which protocol 0 stands for: inet_create() in net/ipv4/af_inet.c takes the first that
 * is registered for the type. */
static const struct {
	int type;
	int protocol;
	const char *name;
} inet_kinds[] = {
	{SOCK_STREAM, 0, "tcp"},
	{SOCK_STREAM, IPPROTO_TCP, "tcp"},
	{SOCK_STREAM, IPPROTO_MPTCP, "mptcp"},
	{SOCK_STREAM, IPPROTO_SCTP, "sctp"},
	{SOCK_DGRAM, 0, "udp"},
	{SOCK_DGRAM, IPPROTO_UDP, "udp"},
	{SOCK_DGRAM, IPPROTO_UDPLITE, "udplite"},
	{SOCK_DGRAM, IPPROTO_ICMP, "icmp"},
	{SOCK_DGRAM, 58, "icmp"}, /* IPPROTO_ICMPV6, <linux/in6.h> */
	{SOCK_SEQPACKET, 0, "sctp"},
	{SOCK_SEQPACKET, IPPROTO_SCTP, "sctp"},
	{SOCK_DCCP, 0, "dccp"},
	{SOCK_DCCP, IPPROTO_DCCP, "dccp"},
	{SOCK_RAW, ANY_PROTOCOL, "raw"},
	{SOCK_PACKET, ANY_PROTOCOL, "packet"}, /* becomes AF_PACKET, net/socket.c */
};

bool sockkind_equal(const struct sockkind *a, const struct sockkind *b)
{
	return a->domain == b->domain && a->type == b->type && a->protocol == b->protocol;
}

bool sockkind_is_inet(const struct sockkind *kind)
{
	return kind->domain == AF_INET || kind->domain == AF_INET6;
}

const char *sockkind_name(const struct sockkind *kind)
{
	for (size_t i = 0; sockkind_is_inet(kind) && i < ARRAY_LEN(inet_kinds); i++) {
		if (inet_kinds[i].type == kind->type &&
		    (inet_kinds[i].protocol == kind->protocol ||
		     inet_kinds[i].protocol == ANY_PROTOCOL))
			return inet_kinds[i].name;
	}
	if (!family_name(kind->domain))
		return NULL;
	return families[kind->domain].small;
}

void sockkind_put(struct buf *buf, const struct sockkind *kind)
{
	const char *name = sockkind_name(kind);

	if (name)
		buf_puts(buf, name);
	else
		buf_printf(buf, "family-%d", kind->domain);
}

const char *family_name(int family)
{
	if (family < 0 || (size_t)family >= ARRAY_LEN(families))
		return NULL;
	return families[family].constant;
}

static bool same_name(const char *name, const char *text, size_t len)
{
	return strncasecmp(name, text, len) == 0 && name[len] == '\0';
}

int family_from_name(const char *text, size_t len)
{
	if (len > 3 && strncasecmp(text, "AF_", 3) == 0) {
		text += 3;
		len -= 3;
	}
	if (!len || memchr(text, '\0', len))
		return -1;
	for (size_t i = 0; i < ARRAY_LEN(families); i++) {
		if (same_name(families[i].small, text, len))
			return (int)i;
	}
	for (size_t i = 0; i < ARRAY_LEN(family_aliases); i++) {
		if (same_name(family_aliases[i].name, text, len))
			return family_aliases[i].family;
	}
	return -1;
}

const char *socktype_name(int type)
{
	return type >= 0 && (size_t)type < ARRAY_LEN(types) ? types[type] : NULL;
}
