/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/connect.c - connect(2): copy, judge, connect the program's own socket on the
 * copy
 *
 * Theory of operation
 *   Problem:    the program's second thread changes the address between our look and the
 *               kernel's; 29 to 32 % of raced connects went elsewhere than a tracer
 *               printed.
 *   Mechanism:  connect_enter copies the address once, judges the copy, and connects a
 *               duplicate of the socket with it, without waiting. A connection that takes
 *               time is waited for by the program itself: its call becomes sendto(fd,
 *               NULL, 0, MSG_NOSIGNAL, NULL, 0), which waits for the connection and names
 *               no address; connect_waited turns its result into what connect would have
 *               returned.
 *   Rejected:   check and let the call run (raced); verify afterwards (too late for a
 *               datagram).
 *   Invariants: MUST NOT let the program's own connect run for AF_INET and AF_INET6, nor
 *               for any family on the word of a descriptor number alone.
 *   Midway:     a task that dies or execs while it waits leaves its socket to
 *               task_settle.
 */
#include <errno.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>

#include "tracer/call.h"
#include "tracer/carry.h"
#include "tracer/found_peer.h"
#include "tracer/life.h"
#include "tracer/sealed.h"
#include "tracer/send.h"
#include "tracer/sockid.h"
#include "tracer/syscall.h"
#include "tracer/unixpath.h"

/* The exit stop of the wait. The table is that of doc/architecture.md, "A blocking
 * connect". */
static void connect_waited(struct tracer *tracer, struct task *task, int64_t result)
{
	struct pending *pending = &task->pending;
	int settled;

	switch (result) {
	case 0:
		settled = carry_settle(pending->sock, pending->event.sock.domain);
		result = settled == -EISCONN ? 0 : settled;
		break;
	case -EAGAIN: /* SO_SNDTIMEO ran out */
		result = pending->first_errno;
		break;
	case -EPIPE: /* shut down or dissolved meanwhile */
		settled = carry_settle(pending->sock, pending->event.sock.domain);
		result = settled == -EINVAL ? -ECONNABORTED : settled;
		break;
	default:
		/* An interruption leaves the connection under way; any other error has
		 * been taken from the socket, whose state follows. */
		if (result > -512 && result != -EINTR)
			(void)!carry_settle(pending->sock, pending->event.sock.domain);
		break;
	}
	life_note_socket(tracer, &pending->event, pending->sock);
	call_end_replaced(tracer, task, result);
}

/* When netjail makes the call again the first try is that of before; of one that was
 * found waiting it is not known whether another had begun the connection. */
static void keep_first(struct call *call, int first_errno)
{
	struct task *task = call->task;

	if (task->repair.state == REPAIR_RUNNING) {
		first_errno = task->interrupted.first_errno;
		if (!first_errno)
			first_errno = -EINPROGRESS;
		task->repair.expired = first_errno;
	}
	task->pending.first_errno = first_errno;
}

static void wait_connected(struct call *call, int sock, int first_errno)
{
	uint64_t args[6] = {call->args[0], 0, 0, MSG_NOSIGNAL, 0, 0};

	keep_first(call, first_errno);
	call_replace(call, SYS_ID_SENDTO, args, sock, connect_waited);
}

/* The exit stop of that wait by connect(2) itself. */
static void connect_moved_on(struct tracer *tracer, struct task *task, int64_t result)
{
	if (result == -EALREADY) /* SO_SNDTIMEO ran out */
		result = task->pending.first_errno;
	else if (result == -EISCONN)
		result = 0;
	call_end_replaced(tracer, task, result);
}

/* The same for a program whose own filter knows connect and perhaps not sendto: a length
 * of 2 names no address, whatever stands there, and waits for the connection that is
 * under way (carry_settle). */
static void wait_by_connect(struct call *call, int sock, int first_errno)
{
	uint64_t args[6] = {call->args[0], call->args[1], sizeof(sa_family_t)};

	keep_first(call, first_errno);
	call_replace(call, SYS_ID_CONNECT, args, sock, connect_moved_on);
}

static bool is_pending(int result)
{
	return result == -EINPROGRESS || result == -EALREADY;
}

/* Families whose send does not wait for a connection, on a kernel without mseal(2):
 * connect again until it is decided. A connection that has failed leaves its errno in
 * the socket, and the next connect would begin anew. */
static void connect_again(struct call *call, int sock, const struct destination *dest)
{
	int result = 0;
	socklen_t len = sizeof(result);

	if (call->task->retries &&
	    getsockopt(sock, SOL_SOCKET, SO_ERROR, &result, &len) == 0 && result) {
		call_finish(call, -result);
		return;
	}
	result = carry_connect(sock, &call->event.sock, dest, true);
	/* AF_UNIX says EAGAIN while its peer's queue is full (unix(7)). */
	if (is_pending(result) ||
	    (result == -EAGAIN && call->event.sock.domain == AF_UNIX))
		call_retry(call);
	else
		call_finish(call, result == -EISCONN && call->task->retries ? 0 : result);
}

static void connect_sealed_waited(struct tracer *tracer, struct task *task,
				  int64_t result)
{
	/* SO_SNDTIMEO ran out: the connection had been begun by netjail. */
	if (result == -EALREADY)
		result = task->pending.first_errno;
	call_end_replaced(tracer, task, result);
}

/* A filter of the program's own knows connect, perhaps not sendto. The family alone waits
 * for a connection that has begun and names nothing to any other socket. */
static void wait_sealed(struct call *call, int first_errno)
{
	struct destination family = {.len = sizeof(uint16_t), .named = true};
	uint16_t value = (uint16_t)call->event.sock.domain;

	memcpy(family.bytes, &value, sizeof(value));
	sealed_address(call, 1, &family);
	if (!call->task->pending.replaced)
		return;
	keep_first(call, first_errno);
	if (call->task->pending.exit == send_ended)
		call->task->pending.exit = connect_sealed_waited;
}

/* Takes the socket over when the program has to wait for it. */
static void connect_carried(struct call *call, int *sock, const struct destination *dest)
{
	const struct sockkind *kind = &call->event.sock;
	/* What is to time out goes to a full queue. */
	bool away = call->event.decision.verdict == VERDICT_TIMEOUT;
	bool waits = false;
	int result = 0;

	if (away || !carry_connect_near(*sock, kind, dest, &result, &waits)) {
		waits = carry_connect_waits(*sock, kind);
		if (waits && !carry_waits_by_send(kind)) {
			if (call->tracer->seal)
				sealed_address(call, 1, dest);
			else
				connect_again(call, *sock, dest);
			return;
		}
		result = carry_connect(*sock, kind, dest, waits);
	}
	life_note_socket(call->tracer, &call->event, *sock);
	if (!waits || !is_pending(result))
		call_finish(call, result);
	else if (call->task->own_filter && call->tracer->gate)
		wait_by_connect(call, take_fd(sock), result);
	else if (call->task->own_filter && call->tracer->seal)
		wait_sealed(call, result);
	else
		wait_connected(call, take_fd(sock), result);
}

/* Without mseal(2). */
static void connect_unix(struct call *call, int *sock, struct destination *dest)
{
	int fd, failed = unixpath_translate(call->task, dest, &fd);

	if (failed == -EPERM)
		call_fail_closed(call, "AF_UNIX cannot be carried out for other rights");
	else if (failed)
		call_finish(call, failed);
	else
		connect_carried(call, sock, dest);
	if (fd >= 0)
		close(fd);
}

/* A connection to what is refused can be under way already: begun before an attach, or
 * under other rules. shutdown(2) takes it back before it is made (net/ipv4/af_inet.c
 * inet_shutdown), and leaves an error that nobody is to see. */
static void dissolve(const struct call *call, int sock)
{
	struct endpoint peer;
	struct tcp_info info;
	socklen_t len = sizeof(info);
	int error;

	if (!sockkind_is_inet(&call->event.sock) ||
	    getsockopt(sock, SOL_TCP, TCP_INFO, &info, &len) < 0 ||
	    info.tcpi_state != TCP_SYN_SENT)
		return;
	if (found_peer(call->task->tid, sock, &peer) &&
	    (peer.inet.port != call->event.end.inet.port ||
	     !addr_equal(&peer.inet.addr, &call->event.end.inet.addr)))
		return;
	(void)shutdown(sock, SHUT_RDWR);
	len = sizeof(error);
	(void)getsockopt(sock, SOL_SOCKET, SO_ERROR, &error, &len);
}

/* True unless its verdict keeps the call from where the program wants it to go. */
static bool goes_there(const struct call *call, const struct destination *wanted,
		       const struct destination *dest)
{
	return !event_is_refused(&call->event) && wanted->len == dest->len &&
	       memcmp(wanted->bytes, dest->bytes, dest->len) == 0;
}

void connect_enter(struct call *call)
{
	struct destination dest, copy;
	int sock = call_socket_and_address(call, &dest);
	bool lets;

	if (sock < 0)
		return;
	if (call->event.sock.domain != AF_UNIX) /* that says EAGAIN */
		call->task->repair.expired = -EINPROGRESS;
	copy = dest;
	lets = call_judge(call, REQUEST_CONNECT, sock, &dest);
	if (!goes_there(call, &copy, &dest))
		dissolve(call, sock);
	if (!lets)
		call_refuse(call, ECONNREFUSED);
	else if (sealed_is_wanted(call))
		sealed_address(call, 1, &dest);
	else if (call->event.sock.domain == AF_UNIX)
		connect_unix(call, &sock, &dest);
	else
		connect_carried(call, &sock, &dest);
	call_check_race(call, call->args[1], &copy);
	if (sock >= 0)
		sockid_drop_socket(sock);
}
