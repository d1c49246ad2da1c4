/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/bind.c - bind(2) and listen(2): judged by the local address
 *
 * MUST NOT carry out a bind with rights that the program does not have: a port below 1024
 * would be bound for it.
 */
#include <errno.h>
#include <sys/socket.h>

#include "rules/ruleset.h"
#include "tracer/act.h"
#include "tracer/call.h"
#include "tracer/life.h"
#include "tracer/proc.h"
#include "tracer/sealed.h"
#include "tracer/sockid.h"
#include "tracer/syscall.h"

static bool judges(const struct call *call)
{
	return ruleset_judges_bind(call->tracer->config->rules);
}

/* No rule looks at local addresses: whatever the program's call binds is allowed. */
static void bind_own(struct call *call)
{
	if (call->event.sock.domain == AF_NETLINK && !call->tracer->config->all)
		call_let_pass(call);
	else
		call_let_run(call);
}

static void bind_carried(struct call *call, int sock, const struct destination *dest)
{
	if (!proc_same_rights(call->task->tid)) {
		call_fail_closed(call, "a bind cannot be carried out for other user ids");
		return;
	}
	call_finish(call,
		    bind(sock, (const void *)dest->bytes, dest->len) < 0 ? -errno : 0);
}

void bind_enter(struct call *call)
{
	struct destination dest = {.len = 0};
	cleanup_sock int sock = call_socket_and_address(call, &dest);

	if (sock < 0)
		return;
	if (!call_judge(call, REQUEST_BIND, sock, &dest))
		call_refuse(call, EACCES);
	else if (!judges(call))
		bind_own(call);
	else if (call->tracer->seal)
		sealed_address(call, 1, &dest);
	else
		bind_carried(call, sock, &dest);
}

/* A socket that was never bound gets a port at listen(2): judged by what it is bound
 * to. */
void listen_enter(struct call *call)
{
	struct request request = {.kind = REQUEST_BIND};
	cleanup_sock int sock = call_socket(call);

	if (sock < 0)
		return;
	call->event.shape = EVENT_FD_NUMBER;
	call->event.number = (int32_t)call->args[1];
	if (!call->event.sock.domain) {
		call_finish(call, -ENOTSOCK);
		return;
	}
	life_note_socket(call->tracer, &call->event, sock);
	call->event.quiet = !judges(call) && !call->tracer->config->all;
	if (judges(call) && sockid_local(sock, &request.end) == 0) {
		call->event.end = request.end;
		call_decide(call, &request);
	}
	if (call->event.judged && !act_on(call, REQUEST_BIND, sock, NULL))
		call_refuse(call, EACCES);
	else if (call->event.judged && sockkind_is_inet(&call->event.sock))
		call_finish(call, listen(sock, call->event.number) < 0 ? -errno : 0);
	else
		call_let_run(call);
}
