/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/plain.c - calls whose own run is harmless: socket(2), judged by its registers,
 * and those that are only shown
 */
#include <errno.h>
#include <string.h>
#include <sys/socket.h>

#include "net/sockaddr.h"
#include "tracer/act.h"
#include "tracer/call.h"
#include "tracer/evade.h"
#include "tracer/life.h"
#include "tracer/sockid.h"
#include "tracer/syscall.h"

#define SOCK_TYPE_MASK 0xf /* include/linux/net.h */

static void read_kind(struct call *call)
{
	call->event.sock.domain = (int32_t)call->args[0];
	call->event.sock.type = (int32_t)call->args[1] & SOCK_TYPE_MASK;
	call->event.sock.protocol = (int32_t)call->args[2];
	call->event.type_flags = (int32_t)call->args[1] & ~SOCK_TYPE_MASK;
}

/* A TCP, UDP, AF_UNIX or netlink socket reaches nothing by itself: it is shown with --all
 * only. */
static bool is_unusual(const struct sockkind *kind)
{
	return !((sockkind_is_inet(kind) &&
		  (kind->type == SOCK_STREAM || kind->type == SOCK_DGRAM)) ||
		 kind->domain == AF_UNIX || kind->domain == AF_NETLINK);
}

static bool is_raw(const struct sockkind *kind)
{
	return kind->domain == AF_PACKET ||
	       (sockkind_is_inet(kind) && kind->type == SOCK_RAW);
}

void socket_enter(struct call *call)
{
	struct request request = {.kind = REQUEST_SOCKET};

	call->event.shape = EVENT_SOCKET;
	read_kind(call);
	request.end.family = (uint16_t)call->event.sock.domain;
	call_decide(call, &request);
	call->event.judged = is_unusual(&request.sock) ||
			     call->event.decision.verdict != VERDICT_ALLOW;
	if (is_raw(&request.sock) && call->tracer->enforces)
		evade_tell(call->tracer, call->task, EVASION_RAW_SOCKET,
			   call->event.decision.verdict == VERDICT_ALLOW ? "allowed"
									 : "refused",
			   "socket(%d, %d, %d)", request.sock.domain, request.sock.type,
			   request.sock.protocol);
	if (!act_on(call, REQUEST_SOCKET, -1, NULL))
		call_refuse(call, EACCES);
	else if (call->event.judged || call->tracer->config->all)
		call_let_run(call);
	else
		call_let_pass(call);
}

static void socketpair_made(struct tracer *tracer, struct task *task, int64_t result)
{
	struct pending *pending = &task->pending;

	if (mem_read(task->tid, (struct remote){pending->out[0]}, pending->event.pair,
		     sizeof(pending->event.pair)) != 0)
		pending->event.pair[0] = pending->event.pair[1] = -1;
	call_end_run(tracer, task, result);
}

void socketpair_enter(struct call *call)
{
	call->event.shape = EVENT_SOCKETPAIR;
	read_kind(call);
	call->task->pending.out[0] = call->args[3];
	call_let_run_then(call, socketpair_made);
}

/* The kind of args[0] for the line; nothing rests on it. */
static void show_kind(struct call *call)
{
	cleanup_sock int sock = sockid_take(call->task, call->event.fd);

	if (sock >= 0 && sockid_kind(sock, &call->event.sock) != 0)
		call->event.sock.domain = 0;
}

void shutdown_enter(struct call *call)
{
	call->event.shape = EVENT_FD_HOW;
	call->event.number = (int32_t)call->args[1];
	show_kind(call);
	call_let_run(call);
}

/* The kernel has written an address and its length to the program. */
static void peer_known(struct tracer *tracer, struct task *task, int64_t result)
{
	struct pending *pending = &task->pending;
	uint8_t bytes[ENDPOINT_RAW_MAX];
	uint32_t len = 0;

	if (result >= 0 && pending->out[0] && pending->out[1] &&
	    mem_read(task->tid, (struct remote){pending->out[1]}, &len, sizeof(len)) ==
		    0) {
		if (len > sizeof(bytes))
			len = sizeof(bytes);
		pending->event.has_end =
			mem_read(task->tid, (struct remote){pending->out[0]}, bytes,
				 len) == 0 &&
			sockaddr_decode(bytes, len, &pending->event.end) == 0;
	}
	if (result >= 0 && strncmp(pending->event.call, "accept", 6) == 0)
		life_accepted(tracer, task, &pending->event, (int)result);
	call_end_run(tracer, task, result);
}

void peer_enter(struct call *call)
{
	call->event.shape = EVENT_FD_END;
	show_kind(call);
	call->task->pending.out[0] = call->args[1];
	call->task->pending.out[1] = call->args[2];
	call->event.quiet = !call->tracer->config->all;
	if (call->id == SYS_ID_ACCEPT && call->multiplexed)
		call->args[3] = 0; /* accept4's flags */
	call_let_run_then(call, peer_known);
}

/* Calls that stop only where all are shown, and of which i386 has no direct form. */
void shown_only_enter(struct call *call)
{
	call->multiplexed =
		false; /* nothing of it is judged: its own arguments will do */
	call_let_pass(call);
}
