/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/judge.c - a call as a request with all that rules ask about, and its decision
 */
#include <string.h>
#include <sys/socket.h>

#include "names/lookup.h"
#include "names/table.h"
#include "rules/ruleset.h"
#include "tracer/call.h"
#include "tracer/outgoing.h"
#include "tracer/proc.h"
#include "tracer/sockid.h"

/* What the address is called; the first name is shown. */
static void name_end(struct call *call, struct request *request)
{
	const struct run_config *config = call->tracer->config;
	const struct endpoint *end = &request->end;

	if (!config->names || request->kind == REQUEST_SOCKET ||
	    (end->family != AF_INET && end->family != AF_INET6))
		return;
	lookup_collect(config->lookup, config->names);
	request->name_count = names_all(config->names, &end->inet.addr, request->names,
					REQUEST_NAMES_MAX);
	call->event.host = request->name_count ? request->names[0] : NULL;
}

void call_decide(struct call *call, struct request *request)
{
	const struct run_config *config = call->tracer->config;
	struct task *task = call->task;
	const struct image *image = task_image(task);

	name_end(call, request);
	request->sock = call->event.sock;
	request->program = &image->program;
	request->forked = image->pid != task_pid(task);
	request->user = ruleset_uses_user(config->rules) ? proc_user(task->tid) : -1;
	call->event.decision = ruleset_judge(config->rules, request);
	call->event.judged = true;
}

bool call_judge(struct call *call, enum request_kind kind, int sock,
		struct destination *dest)
{
	struct request request = {.kind = kind};
	struct endpoint local;

	call->event.has_end =
		request_end(kind, &call->event.sock, dest, &call->event.end);
	if (!call->event.has_end)
		return true;
	if (kind != REQUEST_BIND && request_is_unspecified(&call->event.end)) {
		bool bound = (kind == REQUEST_SEND &&
			      outgoing_source(call->tracer->outgoing, &local)) ||
			     sockid_local(sock, &local) == 0;

		request_resolve_unspecified(bound ? &local : NULL, dest,
					    &call->event.end);
	}
	request.end = call->event.end;
	call_decide(call, &request);
	return call->event.decision.verdict == VERDICT_ALLOW;
}
