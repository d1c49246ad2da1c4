/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/shapes/ends.c - addresses of every family and length, sockets, and what their ends are
 */
#include "shapes.h"

/* {family, the bytes after it, length}; the bytes are followed by zeros. */
#define ROW(family, bytes, len)                                                          \
	{                                                                                \
		family, bytes, sizeof(bytes) - 1, len                                    \
	}

static const struct {
	int family;
	const char *bytes;
	size_t count;
	long len;
} rows[] = {
	ROW(AF_UNSPEC, "", 16),
	ROW(AF_UNSPEC, "\1\2\3", 5),
	ROW(AF_UNIX, "/nonexistent/sock", 20),
	ROW(AF_UNIX, "/nonexistent/so\"ck\\\n\t\r\v\f\1\0013\033[31m\177\200\377", 40),
	ROW(AF_UNIX,
	    "/nonexistent/and then a lot more of it, up to the end that there is", 110),
	ROW(AF_UNIX, "\0nobody is here\0x", 19),
	ROW(AF_UNIX, "", 3),
	ROW(AF_UNIX, "", 2),
	ROW(AF_UNIX, "/no-nul", 9),
	ROW(AF_INET, "\0\7\177\0\0\1", 8),
	ROW(AF_INET, "\0\7\177\0\0\1", 15),
	ROW(AF_INET6, "\0\7", 8),
	ROW(AF_INET6, "\0\7\0\0\0\0", 27),
	ROW(AF_NETLINK, "\0\0\1\0\0\0\20\0\0\0", 12),
	ROW(AF_NETLINK, "\0\0\1\0\0\0", 8),
	ROW(AF_NETLINK, "\0\0\0\0\0\0\0\0\0\0\1\2\3\4", 16),
	ROW(AF_PACKET, "\10\0\1\0\0\0\1\0\0\6\1\2\3\4\5\6\7\10", 20),
	ROW(AF_PACKET, "\0\3\0\0\0\0\4\3\4\2\1\2\0\0\0\0\0\0", 20),
	ROW(AF_PACKET, "\335\206\1\0\0\0\1\0\2\4\1\2\3\4", 20),
	ROW(AF_PACKET, "\10\6\1\0\0\0\377\0\11\20\1\2\3\4\5\6\7\10\11\12", 22),
	ROW(AF_PACKET, "\10\0\1\0", 6),
	ROW(AF_VSOCK, "\0\0\20\0\0\0\2", 16),
	ROW(AF_VSOCK, "\0\0\377\377\377\377\377\377\377\377", 16),
	ROW(AF_VSOCK, "\0\0\20\0\0\0\1\0\0\0\1", 16),
	ROW(AF_NETLINK, "\377\377\377\377\377\377\377\377\377\377", 12),
	ROW(AF_PACKET, "", 20),
	ROW(AF_PACKET, "", 19),
	ROW(AF_VSOCK, "\363\363\363\363\363\363\363\363\363\363\363\363\363\363", 16),
	ROW(AF_UNIX, "\0xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", 128),
	ROW(AF_VSOCK, "\0\0\20\0\0\0\5\0\0\0", 12),
	ROW(AF_X25, "\1\2\3", 5),
	ROW(AF_CAN, "\0\0\1", 16),
	ROW(AF_TIPC, "\1\2\3\4\5\6\7\10\11\12\13\14\15\16", 16),
	ROW(AF_SMC, "\0\7\177\0\0\1", 16),
	ROW(77, "abcdefgh\0\1\2\3\4", 16),
	ROW(0xfffe, "a", 3),
	ROW(AF_INET, "", 1),
	ROW(AF_INET, "", 0),
	ROW(AF_INET, "\0\7\177\0\0\1", 128),
	ROW(AF_INET, "\0\7\177\0\0\1", 129),
	ROW(AF_INET, "\0\7\177\0\0\1", 70000),
	ROW(AF_INET, "\0\7\177\0\0\1", -1),
	ROW(77, "This is a family of which nobody knows what its bytes mean: \1", 128),
};

void addresses(void)
{
	static const int types[] = {AF_INET, AF_UNIX, AF_NETLINK};

	for (size_t k = 0; k < sizeof(types) / sizeof(*types); k++) {
		int fd = socket(types[k], SOCK_DGRAM, 0);

		for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
			put(other(rows[i].family, rows[i].bytes, rows[i].count));
			call(SYS_connect, fd, END, rows[i].len, 0, NULL, 0);
			call(SYS_bind, fd, END, rows[i].len, 0, NULL, 0);
			if (types[k] != AF_NETLINK) /* whose payload strace decodes */
				call(SYS_sendto, fd, "x", 1, 0, END, rows[i].len);
		}
		close(fd);
	}
	connects(udp, end4("127.0.0.1", 7), 16);
	connects(udp, end4("255.255.255.255", 65535), 16);
	connects(udp, end6("2001:db8::7", 7, 0x12345, 3), 28);
	connects(udp6, end6("2001:db8::7", 7, 0x12345, 0), 28);
	connects(udp6, end6("::ffff:127.0.0.1", 7, 0, 0), 24);
	connects(udp6, end6("fe80::1", 7, 0, 1), 28);
	connects(udp6, end6("fe80::1", 7, 0, 4711), 28);
	connects(udp6, end6("ff02::1", 7, 0, 1), 28);
	call(SYS_connect, udp, NULL, 16, 0, NULL, 0);
	call(SYS_connect, udp, BAD, 16, 0, NULL, 0);
	call(SYS_connect, udp, END + PAGE - 8, 16, 0, NULL, 0);
	call(SYS_connect, 99, put(end4("127.0.0.1", 7)), 16, 0, NULL, 0);
	call(SYS_connect, -1, END, 16, 0, NULL, 0);
	call(SYS_connect, 0, END, 16, 0, NULL, 0);
	call(SYS_connect, tcp, put(end4("127.0.0.1", 1)), 16, 0, NULL, 0);
	call(SYS_connect, tcp, put(end4("203.0.113.7", 1)), 16, 0, NULL, 0);
}

/* ---- sockets ---- */

void sockets(void)
{
	static const int triples[][3] = {
		{AF_INET, SOCK_STREAM, 0},
		{AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, IPPROTO_TCP},
		{AF_INET, SOCK_DGRAM, IPPROTO_UDP},
		{AF_INET, SOCK_DGRAM, IPPROTO_UDPLITE},
		{AF_INET6, SOCK_RAW, IPPROTO_ICMPV6},
		{AF_INET, SOCK_RAW, IPPROTO_RAW},
		{AF_INET, SOCK_RAW, 255},
		{AF_INET, SOCK_RAW, 200},
		{AF_INET, SOCK_STREAM, 262},
		{AF_INET6, SOCK_DGRAM, IPPROTO_ICMPV6},
		{AF_INET, SOCK_SEQPACKET, IPPROTO_SCTP},
		{AF_INET, SOCK_DCCP, IPPROTO_DCCP},
		{AF_UNIX, SOCK_STREAM, 0},
		{AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 7},
		{AF_NETLINK, SOCK_RAW, NETLINK_ROUTE},
		{AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC, NETLINK_KOBJECT_UEVENT},
		{AF_NETLINK, SOCK_RAW, 77},
		{AF_PACKET, SOCK_RAW, 0x0300},
		{AF_PACKET, SOCK_DGRAM, 0x0008},
		{AF_PACKET, SOCK_PACKET, 0xdd86},
		{AF_PACKET, SOCK_RAW, 0x7777},
		{AF_VSOCK, SOCK_STREAM, 0},
		{AF_BLUETOOTH, SOCK_RAW, 1},
		{AF_ALG, SOCK_SEQPACKET, 0},
		{AF_XDP, SOCK_RAW, 0},
		{AF_KEY, SOCK_RAW, 2},
		{AF_CAN, SOCK_RAW, 1},
		{AF_TIPC, SOCK_STREAM, 0},
		{AF_UNSPEC, 0, 0},
		{77, 9, 3},
		{-1, -1, -1},
		{AF_INET, SOCK_RDM, 0},
		{AF_INET, SOCK_STREAM | 0x100000, 0},
		{46, SOCK_STREAM, 0},
	};
	int pair[2];

	for (size_t i = 0; i < sizeof(triples) / sizeof(*triples); i++) {
		int fd = socket(triples[i][0], triples[i][1], triples[i][2]);

		if (fd >= 0)
			close(fd);
	}
	if (socketpair(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0, pair) == 0) {
		close(pair[0]);
		close(pair[1]);
	}
	(void)!socketpair(AF_INET, SOCK_STREAM, 0, pair);
	syscall(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, BAD);
	syscall(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, NULL);
}

/* ---- ends ---- */

static void ask(long nr, int fd, void *end, int room, void *room_at)
{
	int *len = put_at(512, &room, sizeof(room));

	syscall(nr, fd, end, room_at ? room_at : len, 0);
}

void ends(void)
{
	int client = socket(AF_INET6, SOCK_STREAM, 0),
	    server = socket(AF_INET6, SOCK_STREAM | SOCK_NONBLOCK, 0);
	int local = socket(AF_UNIX, SOCK_STREAM, 0);
	static const int rooms[] = {128, 28, 16, 2, 1, 0, -1};
	int accepted;

	setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int));
	bind(server, end6("2001:db8::7", 4321, 0, 0), 28);
	syscall(SYS_listen, server, 5);
	syscall(SYS_listen, server, -1);
	syscall(SYS_listen, udp, 1);
	syscall(SYS_listen, 99, 1);
	syscall(SYS_listen, 0, 1);
	connect(client, end6("2001:db8::7", 4321, 0, 0), 28);
	for (size_t i = 0; i < sizeof(rooms) / sizeof(*rooms); i++) {
		memset(END, 0, 256);
		ask(SYS_getsockname, server, END, rooms[i], NULL);
		ask(SYS_getpeername, client, END, rooms[i], NULL);
		ask(SYS_getsockname, local, END, rooms[i], NULL);
		ask(SYS_getpeername, unpair[0], END, rooms[i], NULL);
		ask(SYS_getpeername, local, END, rooms[i], NULL);
	}
	ask(SYS_getsockname, server, NULL, 128, NULL);
	ask(SYS_getsockname, server, BAD, 128, NULL);
	ask(SYS_getsockname, server, END, 128, BAD);
	ask(SYS_getsockname, 99, END, 128, NULL);
	accepted = accept4(server, (void *)END, put_at(512, &(int){128}, 4),
			   SOCK_CLOEXEC | SOCK_NONBLOCK);
	close(accepted);
	connect(tcp, end4("127.0.0.1", 4321), 16);
	close(client);
	client = socket(AF_INET6, SOCK_STREAM, 0);
	connect(client, end6("2001:db8::7", 4321, 0, 0), 28);
	close(accept(server, NULL, NULL));
	syscall(SYS_accept, 99, END, BAD);
	syscall(SYS_accept, udp, NULL, NULL);
	syscall(SYS_accept4, server, END, NULL, 0x7fff);
	syscall(SYS_shutdown, client, SHUT_RD);
	syscall(SYS_shutdown, client, SHUT_RDWR);
	syscall(SYS_shutdown, client, 17);
	syscall(SYS_shutdown, 99, SHUT_WR);
	close(server);
	close(client);
	close(local);
}
