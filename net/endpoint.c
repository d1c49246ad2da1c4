/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * net/endpoint.c - one end of a connection as rules judge it and the trace prints it
 */
#include "net/endpoint.h"

#include <sys/socket.h>

#include "base/buf.h"
#include "base/escape.h"
#include "net/sockkind.h"

static void put_inet(struct buf *buf, const struct endpoint *end)
{
	bool brackets = end->inet.addr.family == ADDR_V6;

	buf_puts(buf, brackets ? "[" : "");
	addr_put(buf, &end->inet.addr);
	buf_puts(buf, brackets ? "]:" : ":");
	buf_put_int(buf, end->inet.port);
}

static void put_unix(struct buf *buf, const struct endpoint *end)
{
	const uint8_t *path = end->un.path;

	if (!end->un.path_len) {
		buf_puts(buf, "(unnamed)");
		return;
	}
	if (end->un.abstract) {
		buf_putc(buf, '@');
		escape_put(buf, path + 1, end->un.path_len - 1u);
		return;
	}
	/* A file called "@x" must not pass for an abstract name, nor "(unnamed)" for
	 * none. */
	if (path[0] == '@' || path[0] == '(')
		buf_puts(buf, "./");
	escape_put(buf, path, end->un.path_len);
}

static void put_netlink(struct buf *buf, const struct endpoint *end)
{
	buf_printf(buf, "netlink pid %u groups 0x%x", end->netlink.pid,
		   end->netlink.groups);
}

static void put_packet(struct buf *buf, const struct endpoint *end)
{
	buf_printf(buf, "packet proto 0x%04x if %d", end->packet.protocol,
		   end->packet.ifindex);
}

static void put_vsock(struct buf *buf, const struct endpoint *end)
{
	buf_printf(buf, "vsock %u:%u", end->vsock.cid, end->vsock.port);
}

static void put_other(struct buf *buf, const struct endpoint *end)
{
	const char *name = family_name(end->family);

	if (name)
		buf_puts(buf, name);
	else
		buf_printf(buf, "family-%u", end->family);
	if (end->other.len) {
		buf_putc(buf, ' ');
		escape_put(buf, end->other.bytes, end->other.len);
	}
}

static void (*const putters[])(struct buf *buf, const struct endpoint *end) = {
	[AF_INET] = put_inet,       [AF_INET6] = put_inet,    [AF_UNIX] = put_unix,
	[AF_NETLINK] = put_netlink, [AF_PACKET] = put_packet, [AF_VSOCK] = put_vsock,
};

void endpoint_put(struct buf *buf, const struct endpoint *end)
{
	if (end->family < ARRAY_LEN(putters) && putters[end->family])
		putters[end->family](buf, end);
	else
		put_other(buf, end);
}
