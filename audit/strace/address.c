/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/strace/address.c - a sockaddr as strace(1) prints it, by its family
 */
#include <arpa/inet.h>
#include <inttypes.h>
#include <linux/if_packet.h>
#include <linux/netlink.h>
#include <linux/vm_sockets.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "audit/strace/parts.h"
#include "net/endpoint.h"

/* The bytes are followed by zeros: ENDPOINT_RAW_MAX of them can be read. */
struct address {
	const uint8_t *bytes;
	size_t len; /* as given, at least 2 */
};

static void put_unix(struct buf *out, const struct address *address)
{
	size_t room = sizeof(((struct sockaddr_un *)NULL)->sun_path);
	size_t len = address->len - sizeof(sa_family_t);
	const uint8_t *path = address->bytes + sizeof(sa_family_t);

	len = len < room ? len : room;
	if (!len)
		return;
	buf_puts(out, ", sun_path=");
	if (*path) {
		strace_put_quoted(out, path, strnlen((const char *)path, len));
		return;
	}
	buf_putc(out, '@');
	strace_put_quoted(out, path + 1, len - 1);
}

static void put_inet(struct buf *out, const struct address *address)
{
	struct sockaddr_in in;
	char text[INET_ADDRSTRLEN];

	memcpy(&in, address->bytes, sizeof(in));
	buf_printf(out, ", sin_port=htons(%u), sin_addr=inet_addr(\"%s\")",
		   ntohs(in.sin_port),
		   inet_ntop(AF_INET, &in.sin_addr, text, sizeof(text)));
}

/* Longer than that, it has a scope id: RFC 2133 had none. */
#define INET6_MIN 24

static void put_inet6(struct buf *out, const struct address *address)
{
	struct sockaddr_in6 in;
	char text[INET6_ADDRSTRLEN];

	memcpy(&in, address->bytes, sizeof(in));
	buf_printf(out,
		   ", sin6_port=htons(%u), sin6_flowinfo=htonl(%u), inet_pton(AF_INET6, "
		   "\"%s\", &sin6_addr)",
		   ntohs(in.sin6_port), ntohl(in.sin6_flowinfo),
		   inet_ntop(AF_INET6, &in.sin6_addr, text, sizeof(text)));
	if (address->len <= INET6_MIN)
		return;
	buf_puts(out, ", sin6_scope_id=");
	if (IN6_IS_ADDR_LINKLOCAL(&in.sin6_addr) ||
	    IN6_IS_ADDR_MC_LINKLOCAL(&in.sin6_addr))
		strace_put_interface(out, in.sin6_scope_id);
	else
		buf_printf(out, "%u", in.sin6_scope_id);
}

static void put_netlink(struct buf *out, const struct address *address)
{
	struct sockaddr_nl nl;

	memcpy(&nl, address->bytes, sizeof(nl));
	if (nl.nl_pad)
		buf_printf(out, ", nl_pad=%#x", nl.nl_pad);
	buf_printf(out, ", nl_pid=%d, nl_groups=%#08x", (int32_t)nl.nl_pid, nl.nl_groups);
}

static void put_packet(struct buf *out, const struct address *address)
{
	struct sockaddr_ll ll;
	size_t room = address->len - offsetof(struct sockaddr_ll, sll_addr);

	memcpy(&ll, address->bytes, sizeof(ll));
	buf_puts(out, ", sll_protocol=htons(");
	strace_put_name(out, &strace_ethernet_protocols, ntohs(ll.sll_protocol));
	buf_puts(out, "), sll_ifindex=");
	strace_put_interface(out, (uint32_t)ll.sll_ifindex);
	buf_puts(out, ", sll_hatype=");
	strace_put_name(out, &strace_hardware_types, ll.sll_hatype);
	buf_puts(out, ", sll_pkttype=");
	strace_put_name(out, &strace_packet_types, ll.sll_pkttype);
	buf_printf(out, ", sll_halen=%u", ll.sll_halen);
	if (!ll.sll_halen)
		return;
	buf_puts(out, ", sll_addr=[");
	for (size_t i = 0; i < ll.sll_halen && i < room; i++)
		buf_printf(out, "%s%#02x", i ? ", " : "",
			   address->bytes[offsetof(struct sockaddr_ll, sll_addr) + i]);
	buf_puts(out, ll.sll_halen > room ? ", ...]" : "]");
}

static void put_vsock(struct buf *out, const struct address *address)
{
	struct sockaddr_vm vm;
	const char *cid;
	bool zero = true;

	memcpy(&vm, address->bytes, sizeof(vm));
	cid = strace_name(&strace_cids, vm.svm_cid);
	if (vm.svm_reserved1)
		buf_printf(out, ", svm_reserved1=%#x", vm.svm_reserved1);
	if (cid)
		buf_printf(out, ", svm_cid=%s", cid);
	else
		buf_printf(out, ", svm_cid=%#x", vm.svm_cid);
	if (vm.svm_port == VMADDR_PORT_ANY)
		buf_puts(out, ", svm_port=VMADDR_PORT_ANY");
	else
		buf_printf(out, ", svm_port=%#x", vm.svm_port);
	buf_puts(out, ", svm_flags=");
	strace_put_flags(out, &strace_vsock_flags, vm.svm_flags);
	for (size_t i = 0; i < sizeof(vm.svm_zero); i++)
		zero &= !vm.svm_zero[i];
	if (zero)
		return;
	buf_puts(out, ", svm_zero=\"");
	for (size_t i = 0; i < sizeof(vm.svm_zero); i++)
		buf_printf(out, "\\x%02x", vm.svm_zero[i]);
	buf_putc(out, '"');
}

/* What is shorter, or of another family, is shown by its bytes. */
static const struct {
	sa_family_t family;
	size_t min;
	void (*put)(struct buf *out, const struct address *address);
} families[] = {
	{AF_UNIX, sizeof(sa_family_t), put_unix},
	{AF_INET, sizeof(struct sockaddr_in), put_inet},
	{AF_INET6, INET6_MIN, put_inet6},
	{AF_NETLINK, sizeof(struct sockaddr_nl), put_netlink},
	{AF_PACKET, sizeof(struct sockaddr_ll), put_packet},
	{AF_VSOCK, sizeof(struct sockaddr_vm), put_vsock},
};

static void put_family(struct buf *out, sa_family_t family, const struct address *address)
{
	for (size_t i = 0; i < ARRAY_LEN(families); i++) {
		if (families[i].family == family && address->len >= families[i].min) {
			families[i].put(out, address);
			return;
		}
	}
	if (address->len == sizeof(family))
		return;
	buf_puts(out, ", sa_data=");
	strace_put_quoted(out, address->bytes + sizeof(family),
			  address->len - sizeof(family));
}

void strace_put_address(const struct strace *strace, uint64_t at, int32_t len)
{
	uint8_t bytes[ENDPOINT_RAW_MAX] = {0};
	struct address address = {bytes, 0};
	sa_family_t family;

	if (len >= (int32_t)sizeof(family))
		address.len = (size_t)len < sizeof(bytes) ? (size_t)len : sizeof(bytes);
	if (!at || !address.len ||
	    !strace->read(strace->context, at, bytes, address.len)) {
		strace_put_pointer(strace->out, at);
		return;
	}
	memcpy(&family, bytes, sizeof(family));
	buf_puts(strace->out, "{sa_family=");
	strace_put_family(strace->out, family);
	put_family(strace->out, family, &address);
	buf_putc(strace->out, '}');
}
