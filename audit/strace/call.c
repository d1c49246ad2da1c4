/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/strace/call.c - the arguments of each network call as strace(1) prints them
 */
#include <arpa/inet.h>
#include <inttypes.h>
#include <string.h>
#include <sys/socket.h>

#include "audit/strace/parts.h"
#include "net/sockkind.h"

#define SOCK_TYPE_MASK 0xf /* include/linux/net.h */

static void put_fd(const struct strace *strace)
{
	buf_printf(strace->out, "%d", (int32_t)strace->args[0]);
}

static void put_protocol(struct buf *out, int family, uint32_t protocol)
{
	static const struct {
		int family;
		const struct strace_names *names;
	} known[] = {
		{AF_INET, &strace_inet_protocols},
		{AF_INET6, &strace_inet_protocols},
		{AF_NETLINK, &strace_netlink_protocols},
		{AF_BLUETOOTH, &strace_bluetooth_protocols},
		{AF_CAN, &strace_can_protocols},
	};

	for (size_t i = 0; i < ARRAY_LEN(known); i++) {
		if (known[i].family == family) {
			strace_put_name(out, known[i].names, protocol);
			return;
		}
	}
	if (family == AF_PACKET) {
		buf_puts(out, "htons(");
		strace_put_name(out, &strace_ethernet_protocols,
				ntohs((uint16_t)protocol));
		buf_putc(out, ')');
		return;
	}
	buf_printf(out, "%u", protocol);
}

static void put_family_and_type(const struct strace *strace)
{
	struct buf *out = strace->out;
	uint32_t type = (uint32_t)strace->args[1];
	const char *name = socktype_name((int)(type & SOCK_TYPE_MASK));

	strace_put_family(out, (uint32_t)strace->args[0]);
	buf_puts(out, ", ");
	if (name) {
		buf_puts(out, name);
		type &= ~(uint32_t)SOCK_TYPE_MASK;
		if (type)
			buf_putc(out, '|');
	}
	if (type || !name)
		strace_put_flags(out, &strace_type_flags, type);
	buf_puts(out, ", ");
}

static void enter_socket(struct strace *strace)
{
	put_family_and_type(strace);
	put_protocol(strace->out, (int32_t)strace->args[0], (uint32_t)strace->args[2]);
}

static void enter_socketpair(struct strace *strace)
{
	put_family_and_type(strace);
	buf_printf(strace->out, "%u, ", (uint32_t)strace->args[2]);
}

static void leave_socketpair(struct strace *strace)
{
	int32_t pair[2];

	if (strace->result >= 0 &&
	    strace->read(strace->context, strace->args[3], pair, sizeof(pair)))
		buf_printf(strace->out, "[%d, %d]", pair[0], pair[1]);
	else
		strace_put_pointer(strace->out, strace->args[3]);
}

/* connect, bind */
static void enter_address(struct strace *strace)
{
	put_fd(strace);
	buf_puts(strace->out, ", ");
	strace_put_address(strace, strace->args[1], (int32_t)strace->args[2]);
	buf_printf(strace->out, ", %d", (int32_t)strace->args[2]);
}

static void enter_listen(struct strace *strace)
{
	put_fd(strace);
	buf_printf(strace->out, ", %d", (int32_t)strace->args[1]);
}

static void enter_shutdown(struct strace *strace)
{
	put_fd(strace);
	buf_puts(strace->out, ", ");
	strace_put_name(strace->out, &strace_shutdowns, (uint32_t)strace->args[1]);
}

/* accept, accept4, getsockname, getpeername: the room that the program gives is known at
 * the entry, the address at the exit. */
static void enter_peer(struct strace *strace)
{
	int32_t room;

	put_fd(strace);
	buf_puts(strace->out, ", ");
	strace->complete =
		!strace->args[1] || !strace->args[2] ||
		!strace->read(strace->context, strace->args[2], &room, sizeof(room));
	if (!strace->complete) {
		strace->kept = (uint32_t)room;
		return;
	}
	strace_put_pointer(strace->out, strace->args[1]);
	buf_puts(strace->out, ", ");
	strace_put_pointer(strace->out, strace->args[2]);
}

static void leave_peer(struct strace *strace)
{
	struct buf *out = strace->out;
	int32_t room = (int32_t)strace->kept, len;

	if (strace->result < 0 ||
	    !strace->read(strace->context, strace->args[2], &len, sizeof(len))) {
		strace_put_pointer(out, strace->args[1]);
		buf_printf(out, ", [%d]", room);
	} else {
		strace_put_address(strace, strace->args[1], room < len ? room : len);
		strace_put_room(out, room, len);
	}
}

static void put_accept_flags(const struct strace *strace)
{
	buf_puts(strace->out, ", ");
	strace_put_flags(strace->out, &strace_type_flags, (uint32_t)strace->args[3]);
}

static void enter_accept4(struct strace *strace)
{
	enter_peer(strace);
	if (strace->complete)
		put_accept_flags(strace);
}

static void leave_accept4(struct strace *strace)
{
	leave_peer(strace);
	put_accept_flags(strace);
}

static void enter_send(struct strace *strace)
{
	struct buf *out = strace->out;

	put_fd(strace);
	buf_puts(out, ", ");
	strace_put_payload(strace, strace->args[1], strace->args[2]);
	buf_printf(out, ", %" PRIu64 ", ", strace->args[2]);
	strace_put_flags(out, &strace_message_flags, (uint32_t)strace->args[3]);
}

static void enter_sendto(struct strace *strace)
{
	struct buf *out = strace->out;

	enter_send(strace);
	buf_puts(out, ", ");
	strace_put_address(strace, strace->args[4], (int32_t)strace->args[5]);
	buf_printf(out, ", %d", (int32_t)strace->args[5]);
}

static void enter_sendmsg(struct strace *strace)
{
	put_fd(strace);
	buf_puts(strace->out, ", ");
	strace_put_message(strace, strace->args[1]);
	buf_puts(strace->out, ", ");
	strace_put_flags(strace->out, &strace_message_flags, (uint32_t)strace->args[2]);
}

static void enter_sendmmsg(struct strace *strace)
{
	put_fd(strace);
	buf_puts(strace->out, ", ");
}

static void leave_sendmmsg(struct strace *strace)
{
	uint32_t count = (uint32_t)strace->args[2];

	strace_put_messages(strace, strace->args[1], count,
			    strace->result > 0 ? (uint32_t)strace->result : 0);
	buf_printf(strace->out, ", %u, ", count);
	strace_put_flags(strace->out, &strace_message_flags, (uint32_t)strace->args[3]);
}

static const struct strace_row {
	const char *call;
	void (*enter)(struct strace *strace);
	void (*leave)(struct strace *strace); /* NULL: nothing is known later */
} rows[] = {
	{"socket", enter_socket, NULL},
	{"socketpair", enter_socketpair, leave_socketpair},
	{"bind", enter_address, NULL},
	{"connect", enter_address, NULL},
	{"listen", enter_listen, NULL},
	{"accept", enter_peer, leave_peer},
	{"accept4", enter_accept4, leave_accept4},
	{"getsockname", enter_peer, leave_peer},
	{"getpeername", enter_peer, leave_peer},
	{"sendto", enter_sendto, NULL},
	{"sendmsg", enter_sendmsg, NULL},
	{"sendmmsg", enter_sendmmsg, leave_sendmmsg},
	{"shutdown", enter_shutdown, NULL},
	{"send", enter_send, NULL},
	{"recv", strace_enter_recv, strace_leave_recv},
	{"recvfrom", strace_enter_recvfrom, strace_leave_recvfrom},
	{"recvmsg", strace_enter_recvmsg, strace_leave_recvmsg},
	{"recvmmsg", strace_enter_recvmmsg, strace_leave_recvmmsg},
	{"recvmmsg_time64", strace_enter_recvmmsg64, strace_leave_recvmmsg64},
	{"getsockopt", strace_enter_getsockopt, strace_leave_getsockopt},
	{"setsockopt", strace_enter_setsockopt, NULL},
};

const struct strace_row *strace_row(const char *call)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (strcmp(rows[i].call, call) == 0)
			return &rows[i];
	return NULL;
}

void strace_enter(const struct strace_row *row, struct strace *strace)
{
	strace->complete = !row->leave;
	strace->remark[0] = 0;
	buf_printf(strace->out, "%s(", row->call);
	row->enter(strace);
}

void strace_leave(const struct strace_row *row, struct strace *strace)
{
	if (!strace->complete)
		row->leave(strace);
	buf_putc(strace->out, ')');
}

void strace_abandon(struct strace *strace)
{
	if (!strace->complete)
		buf_puts(strace->out, " <unfinished ...>");
	buf_putc(strace->out, ')');
}
