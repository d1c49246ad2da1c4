/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * net/sockaddr.c - turns sockaddr bytes copied from a program into an endpoint
 */
#include "net/sockaddr.h"

#include <errno.h>
#include <linux/netlink.h>
#include <linux/vm_sockets.h>
#include <netinet/in.h>
#include <netpacket/packet.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "net/endpoint.h"

/* RFC 2133: a sockaddr_in6 without sin6_scope_id, still taken by net/ipv6/af_inet6.c. */
#define SIN6_LEN_RFC2133 24

/* A decoder gets at least `min` bytes, at most ENDPOINT_RAW_MAX, and a zeroed endpoint.
 */
struct decoder {
	size_t min;
	void (*decode)(const uint8_t *bytes, size_t len, struct endpoint *end);
};

static size_t at_most(size_t len, size_t max)
{
	return len < max ? len : max;
}

static void decode_inet(const uint8_t *bytes, size_t len, struct endpoint *end)
{
	struct sockaddr_in sin;

	(void)len;
	memcpy(&sin, bytes, sizeof(sin));
	end->inet.port = ntohs(sin.sin_port);
	end->inet.addr = addr_from_v4((const uint8_t *)&sin.sin_addr);
}

static void decode_inet6(const uint8_t *bytes, size_t len, struct endpoint *end)
{
	struct sockaddr_in6 sin6 = {.sin6_scope_id = 0};

	/* Bytes 24..27 count all or not at all: the kernel wants sizeof(sin6) for a
	 * scope. */
	memcpy(&sin6, bytes, len < sizeof(sin6) ? SIN6_LEN_RFC2133 : sizeof(sin6));
	end->inet.port = ntohs(sin6.sin6_port);
	end->inet.addr =
		addr_canonical(addr_from_v6(sin6.sin6_addr.s6_addr, sin6.sin6_scope_id));
}

static void decode_unix(const uint8_t *bytes, size_t len, struct endpoint *end)
{
	size_t start = offsetof(struct sockaddr_un, sun_path);
	size_t path_len = at_most(len - start, sizeof(end->un.path));

	memcpy(end->un.path, bytes + start, path_len);
	end->un.abstract = path_len && end->un.path[0] == '\0';
	if (!end->un.abstract)
		path_len = strnlen((const char *)end->un.path, path_len);
	memset(end->un.path + path_len, 0, sizeof(end->un.path) - path_len);
	end->un.path_len = (uint8_t)path_len;
}

static void decode_netlink(const uint8_t *bytes, size_t len, struct endpoint *end)
{
	struct sockaddr_nl nl;

	(void)len;
	memcpy(&nl, bytes, sizeof(nl));
	end->netlink.pid = nl.nl_pid;
	end->netlink.groups = nl.nl_groups;
}

static void decode_packet(const uint8_t *bytes, size_t len, struct endpoint *end)
{
	struct sockaddr_ll ll = {.sll_halen = 0};
	size_t present =
		at_most(len, sizeof(ll)) - offsetof(struct sockaddr_ll, sll_addr);

	memcpy(&ll, bytes, at_most(len, sizeof(ll)));
	end->packet.protocol = ntohs(ll.sll_protocol);
	end->packet.ifindex = ll.sll_ifindex;
	end->packet.hwaddr_len = (uint8_t)at_most(ll.sll_halen, present);
	memcpy(end->packet.hwaddr, ll.sll_addr, end->packet.hwaddr_len);
}

static void decode_vsock(const uint8_t *bytes, size_t len, struct endpoint *end)
{
	struct sockaddr_vm vm;

	(void)len;
	memcpy(&vm, bytes, sizeof(vm));
	end->vsock.cid = vm.svm_cid;
	end->vsock.port = vm.svm_port;
}

static void decode_other(const uint8_t *bytes, size_t len, struct endpoint *end)
{
	end->other.len = (uint8_t)(len - sizeof(sa_family_t));
	memcpy(end->other.bytes, bytes + sizeof(sa_family_t), end->other.len);
}

static const struct decoder other_decoder = {sizeof(sa_family_t), decode_other};

static const struct decoder decoders[] = {
	[AF_INET] = {sizeof(struct sockaddr_in), decode_inet},
	[AF_INET6] = {SIN6_LEN_RFC2133, decode_inet6},
	[AF_UNIX] = {offsetof(struct sockaddr_un, sun_path), decode_unix},
	[AF_NETLINK] = {sizeof(struct sockaddr_nl), decode_netlink},
	[AF_PACKET] = {offsetof(struct sockaddr_ll, sll_addr), decode_packet},
	[AF_VSOCK] = {sizeof(struct sockaddr_vm), decode_vsock},
};

int sockaddr_decode(const uint8_t *bytes, size_t len, struct endpoint *ret_end)
{
	const struct decoder *decoder = &other_decoder;
	struct endpoint end;
	sa_family_t family;

	if (len < sizeof(family) || len > ENDPOINT_RAW_MAX)
		return -EINVAL;
	memcpy(&family, bytes, sizeof(family));
	if (family < ARRAY_LEN(decoders) && decoders[family].decode)
		decoder = &decoders[family];
	if (len < decoder->min)
		return -EINVAL;

	/* memset, not {0}: the whole union, so that equal sockaddrs give equal bytes. */
	memset(&end, 0, sizeof(end));
	end.family = family;
	end.raw_len = (uint16_t)len;
	decoder->decode(bytes, len, &end);
	*ret_end = end;
	return 0;
}
