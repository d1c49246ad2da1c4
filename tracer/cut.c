/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/cut.c - ends what goes through a socket, whoever holds it
 *
 * Theory of operation
 *   Problem:    shutdown(2) makes a program see the end, and does not always make one:
 *               MPTCP goes on to receive and to acknowledge, UDP to queue what comes
 *               (net/ipv4/udp.c does not ask), a raw socket to send (sock_wmalloc in
 *               net/ipv4/ip_output.c does not ask).
 *   Mechanism:  besides, MPTCP is reset and a raw socket loses its peer, by AF_UNSPEC
 *               (connect(2)); datagrams meet a filter that drops them all and cannot be
 *               taken off again (SO_LOCK_FILTER, socket(7)).
 *   Rejected:   connecting a UDP socket to a dead end: that is one more peer, which can
 *               be refused by its bind, and which getpeername(2) tells the program.
 *   Invariants: MUST NOT let go what a UDP socket holds back (UDP_CORK, MSG_MORE): the
 *               program could send it after the end, and add to it.
 */
#include "tracer/cut.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <stdint.h>
#include <sys/socket.h>

#include "tracer/sockid.h"

static int deafen(int sock)
{
	struct sock_filter drop = BPF_STMT(BPF_RET | BPF_K, 0);
	const struct sock_fprog program = {.len = 1, .filter = &drop};
	const int on = 1;

	if (setsockopt(sock, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof(program)) <
		    0 ||
	    setsockopt(sock, SOL_SOCKET, SO_LOCK_FILTER, &on, sizeof(on)) < 0)
		return -errno;
	return 0;
}

/* What cannot be appended takes all that is held back with it, unsent
 * (udp_flush_pending_frames in net/ipv4/udp.c), and so many bytes never can. */
static void drop_held_back(int sock)
{
	static uint8_t most[UINT16_MAX];

	(void)!send(sock, most, sizeof(most), MSG_MORE | MSG_DONTWAIT | MSG_NOSIGNAL);
}

/* Bytes that are being sent or held back. */
static uint32_t unsent(int sock)
{
	uint32_t info[SK_MEMINFO_VARS] = {0};
	socklen_t len = sizeof(info);

	if (getsockopt(sock, SOL_SOCKET, SO_MEMINFO, info, &len) < 0)
		return 0;
	return info[SK_MEMINFO_WMEM_ALLOC];
}

bool cut_held_back(int sock)
{
	struct sockkind kind;
	uint32_t before;

	if (sockid_kind(sock, &kind) != 0 || !sockkind_is_inet(&kind) ||
	    kind.type != SOCK_DGRAM)
		return false;
	before = unsent(sock);
	if (!before)
		return false;
	drop_held_back(sock);
	return unsent(sock) < before;
}

static int part(int sock)
{
	const struct sockaddr none = {.sa_family = AF_UNSPEC};

	return connect(sock, &none, sizeof(none)) < 0 ? -errno : 0;
}

int cut_socket(int sock)
{
	struct sockkind kind;
	int failed = sockid_kind(sock, &kind);
	bool inet = !failed && sockkind_is_inet(&kind);

	if (inet && (kind.type == SOCK_DGRAM || kind.type == SOCK_RAW))
		failed = deafen(sock);
	if (!failed && inet && (kind.type == SOCK_RAW || kind.protocol == IPPROTO_MPTCP))
		failed = part(sock);
	/* What is not connected says so and is shut down for ever all the same. */
	if (shutdown(sock, SHUT_RDWR) < 0 && errno != ENOTCONN && !failed)
		failed = -errno;
	if (inet && kind.type == SOCK_DGRAM)
		drop_held_back(sock);
	return failed;
}
