/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/call.c - one stopped call: how it is read, and the ways to end it
 *
 * MUST end a judged call so that the kernel acts on the judged bytes or not at all.
 * MUST kill the process when a verdict cannot be applied: it never runs on unjudged.
 */
#include "tracer/call.h"

#include <assert.h>
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>

#include "base/monotonic.h"
#include "tracer/act.h"
#include "tracer/evade.h"
#include "tracer/life.h"
#include "tracer/proc.h"
#include "tracer/shown.h"
#include "tracer/sockid.h"
#include "tracer/syscall.h"

void call_kill(struct task *task, int error)
{
	if (error != -ESRCH)
		kill(task_pid(task), SIGKILL);
}

void call_must_apply(struct task *task, int failed)
{
	if (failed)
		call_kill(task, failed);
}

/* ---- telling ---- */

void call_tell(struct tracer *tracer, struct task *task, struct event *event,
	       int64_t result)
{
	clock_gettime(CLOCK_REALTIME, &event->time);
	event->tid = task->tid;
	event->pid = task_pid(task);
	if (task->image)
		memcpy(event->name, task->image->name, sizeof(event->name));
	else
		proc_comm(task->tid, event->name);
	event->result = result;
	life_fill(tracer, event);
	hub_emit(tracer->config->hub, event);
	if (!event->evasion && event->shape != EVENT_FOUND)
		life_call_ended(task);
	shown_told(task, event);
	if (!event->evasion && event->shape != EVENT_FOUND && !event->left &&
	    event_is_refused(event))
		act_refused(tracer, task);
}

bool call_is_same(const struct arch_call *before, const struct arch_call *now)
{
	return before->nr == now->nr && before->abi == now->abi &&
	       before->sp == now->sp &&
	       memcmp(before->args, now->args, sizeof(before->args)) == 0;
}

/* ---- ending ---- */

static int skip(struct call *call, int64_t result)
{
	if (call_has_to_be_harmless(call))
		return call_make_harmless(call, result);
	return arch_call_skip(call->task->tid, result);
}

void call_is_over(struct task *task)
{
	task->retries = 0;
	task->batch.set = false;
}

void call_forget_others(struct task *task, const struct arch_call *arch)
{
	if (!task->interrupted.set &&
	    !(task->hold.set && call_is_same(&task->hold.call, arch)) &&
	    !(task->batch.set && call_is_same(&task->batch.call, arch)))
		life_call_ended(task);
}

/* What the program sees of a batch that an error ends is the count of what was sent. */
static int64_t seen(const struct task *task, int64_t result)
{
	return result < 0 && task->batch.set ? task->batch.sent : result;
}

void call_finish_quiet(struct call *call, int64_t result)
{
	result = seen(call->task, result);
	call->ended = true;
	call_is_over(call->task);
	act_forget(call->task);
	shown_end(call->tracer, call->task, result);
	call_must_apply(call->task, skip(call, result));
}

void call_finish(struct call *call, int64_t result)
{
	call_tell(call->tracer, call->task, &call->event, result);
	call_finish_quiet(call, result);
}

void call_refuse(struct call *call, int error)
{
	if (call->hold_ms)
		call_retry(call);
	else
		call_finish(call, -act_errno(call, error));
}

void call_fail_closed(struct call *call, const char *reason)
{
	call->event.reason = reason;
	call_finish(call, -ECONNREFUSED);
}

void call_replace(struct call *call, enum sys_id id, const uint64_t args[static 6],
		  int sock, call_exit_fn exit)
{
	struct pending *pending = &call->task->pending;
	int failed =
		arch_call_replace(call->task->tid, &call->arch,
				  sysnr_nr(call->arch.abi, id), args, &pending->saved);

	call->ended = true;
	if (failed) {
		if (sock >= 0)
			sockid_drop(sock);
		call_kill(call->task, failed);
		return;
	}
	pending->replaced = true;
	pending->exit = exit;
	pending->sock = sock;
	pending->call = call->arch;
	pending->event = call->event;
	pending->begun_ms = monotonic_ms();
}

static void settle_told(struct tracer *tracer, struct task *task, int64_t result)
{
	struct pending *pending = &task->pending;

	if (interrupted_is(result)) {
		interrupted_begin(tracer, task, result);
		shown_told(task, &pending->event);
	} else {
		act_forget(task);
		call_tell(tracer, task, &pending->event, result);
	}
	if (result != -EINTR)
		shown_end(tracer, task, result);
	task_settle(task);
}

void call_end_replaced(struct tracer *tracer, struct task *task, int64_t result)
{
	call_must_apply(task, arch_call_finish(task->tid, &task->pending.saved, result));
	call_is_over(task);
	settle_told(tracer, task, result);
}

void call_end_run(struct tracer *tracer, struct task *task, int64_t result)
{
	if (task->pending.replaced)
		call_end_replaced(tracer, task, result);
	else
		settle_told(tracer, task, result);
}

void call_end_replaced_quiet(struct tracer *tracer, struct task *task, int64_t result)
{
	call_is_over(task);
	shown_end(tracer, task, result);
	call_must_apply(task, arch_call_finish(task->tid, &task->pending.saved, result));
	task_settle(task);
}

/* socketcall(2) reads its arguments from memory, where they can change: the direct call
 * of the same name takes the copies that were judged (Linux 4.3). */
static bool run_demultiplexed(struct call *call, call_exit_fn exit)
{
	enum sys_id direct = call->id == SYS_ID_ACCEPT ? SYS_ID_ACCEPT4 : call->id;

	if (!call->multiplexed)
		return false;
	call_replace(call, direct, call->args, -1, exit);
	return true;
}

void call_let_run_then(struct call *call, call_exit_fn exit)
{
	if (run_demultiplexed(call, exit))
		return;
	call->ended = true;
	call->task->pending.exit = exit;
	call->task->pending.call = call->arch;
	call->task->pending.event = call->event;
	call->task->pending.begun_ms = monotonic_ms();
}

void call_let_run(struct call *call)
{
	call_let_run_then(call, call_end_run);
}

void call_end_passed(struct tracer *tracer, struct task *task, int64_t result)
{
	if (task->pending.replaced) {
		call_end_replaced_quiet(tracer, task, result);
		return;
	}
	shown_end(tracer, task, result);
	task_settle(task);
}

void call_let_pass(struct call *call)
{
	if (shown_is_wanted(call->tracer, call->task))
		call_let_run_then(call, call_end_passed);
	else if (!run_demultiplexed(call, call_end_replaced_quiet))
		call->ended = true;
}

/* ---- beginning ---- */

void call_deny(struct tracer *tracer, struct task *task, const struct arch_call *arch,
	       int error)
{
	struct call call = {.tracer = tracer, .task = task, .arch = *arch};

	call_finish_quiet(&call, -error);
}

void call_begin(struct tracer *tracer, struct task *task, const struct arch_call *arch)
{
	struct call call = {.tracer = tracer, .task = task, .arch = *arch};
	uint64_t judged[6];

	call.id = sysnr_id(call.arch.abi, call.arch.nr);
	call.word = abi_get(call.arch.abi)->word;
	memcpy(call.args, call.arch.args, sizeof(call.args));
	if (task->hold.set && !call_is_same(&task->hold.call, &call.arch))
		act_forget(task);
	task->batch.set &= call_is_same(&task->batch.call, &call.arch);
	interrupted_call(tracer, task, &call.arch);
	if (tracer->enforces && call.arch.abi == arch_compat_abi())
		evade_check_compat(tracer, task);
	if (!call_demultiplex(&call))
		return;
	call.event.call = sysnr_name(call.id);
	call.event.fd = (int32_t)call.args[0];
	life_call_begins(tracer, &call.event);
	shown_begin(&call);
	memcpy(judged, call.args, sizeof(judged));
	syscall_enter(&call);
	if (call.multiplexed && tracer->enforces)
		call_check_multiplexed_race(&call, judged);
	if (!call.ended) /* no handler found an end for it: it does not run */
		call_finish_quiet(&call, -ECONNREFUSED);
}
