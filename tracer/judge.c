/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/judge.c - a call as a request with all that rules ask about, and its decision
 */
#include <string.h>
#include <sys/socket.h>

#include "base/buf.h"
#include "names/lookup.h"
#include "names/table.h"
#include "rules/ruleset.h"
#include "tracer/act.h"
#include "tracer/call.h"
#include "tracer/life.h"
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

/* By its text, as the bytes between its members mean nothing. */
static bool same_end(const struct endpoint *a, const struct endpoint *b)
{
	char texts[2][512];
	struct buf bufs[2];

	buf_init(&bufs[0], texts[0], sizeof(texts[0]));
	buf_init(&bufs[1], texts[1], sizeof(texts[1]));
	endpoint_put(&bufs[0], a);
	endpoint_put(&bufs[1], b);
	return bufs[0].len == bufs[1].len && memcmp(texts[0], texts[1], bufs[0].len) == 0;
}

/* The same call, made again after it had to wait: what was decided holds. */
static bool is_held(const struct call *call, const struct request *request)
{
	const struct held *held = &call->task->hold;

	return held->set && held->kind == request->kind &&
	       sockkind_equal(&held->sock, &request->sock) &&
	       same_end(&held->end, &request->end);
}

static void hold(struct call *call, const struct request *request)
{
	struct held *held = &call->task->hold;

	held->set = true;
	held->call = call->arch;
	held->kind = request->kind;
	held->end = request->end;
	held->sock = request->sock;
	held->decision = call->event.decision;
	held->until_ms = 0;
	held->question = 0;
	held->allowed = false;
}

void call_know(struct call *call, struct request *request)
{
	const struct image *image = task_image(call->task);

	name_end(call, request);
	request->program = &image->program;
	request->forked = image->pid != task_pid(call->task);
	request->user = -1;
	if (ruleset_uses_user(call->tracer->config->rules))
		request->user = proc_user(call->task->tid);
}

void call_decide(struct call *call, struct request *request)
{
	const struct run_config *config = call->tracer->config;
	struct task *task = call->task;

	call_know(call, request);
	request->sock = call->event.sock;
	if (is_held(call, request)) {
		call->event.decision = task->hold.decision;
	} else {
		call->event.decision = ruleset_judge(config->rules, request);
		hold(call, request);
	}
	call->event.judged = true;
	call->event.answered = false;
	call->event.dry =
		config->dry_run && call->event.decision.verdict != VERDICT_ALLOW;
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
		/* A control message gives the source of IPv4 alone (udpv6_sendmsg). */
		bool bound = (kind == REQUEST_SEND &&
			      call->event.end.inet.addr.family == ADDR_V4 &&
			      outgoing_source(call->tracer->outgoing, &local)) ||
			     sockid_local(sock, &local) == 0;

		request_resolve_unspecified(bound ? &local : NULL, dest,
					    &call->event.end);
	}
	request.end = call->event.end;
	call_decide(call, &request);
	return act_on(call, kind, sock, dest) && life_announce(call);
}
