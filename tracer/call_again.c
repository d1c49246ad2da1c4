/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/call_again.c - calls that the program makes again: there was no room, it has to
 * wait, or the next message of a batch is to be sent
 */
#include <assert.h>

#include "base/monotonic.h"
#include "tracer/act.h"
#include "tracer/call.h"
#include "tracer/life.h"
#include "tracer/proc.h"
#include "tracer/shown.h"

static void make_again(struct task *task)
{
	task->batch.saved = task->pending.saved;
	task->has_passed = true;
	task->passed = task->pending.call;
	call_must_apply(task, arch_call_again(task->tid, &task->pending.saved));
	task_settle(task);
}

void call_again_replaced(struct task *task, unsigned sent)
{
	task->batch.set = true;
	task->batch.call = task->pending.call;
	task->batch.sent = sent;
	task->retries = 0;
	shown_again(task);
	act_forget(task);
	make_again(task);
}

void call_again_asked(struct task *task)
{
	make_again(task);
}

void call_signalled(struct tracer *tracer, struct task *task, int sig)
{
	struct batch *batch = &task->batch;

	if (!batch->set || !proc_catches(task->tid, sig))
		return;
	shown_end(tracer, task, batch->sent);
	call_must_apply(task, arch_call_finish(task->tid, &batch->saved, batch->sent));
	call_is_over(task);
}

/* poll(2) answers an interruption with a restart block of its own; the program's call is
 * restarted as SA_RESTART says, unless it has sent something: call_signalled. */
static void interrupted(struct tracer *tracer, struct task *task)
{
	if (!task->batch.set) {
		if (task->hold.set && task->pending.event.judged)
			interrupted_begin(tracer, task, -ERESTARTSYS);
		shown_end(tracer, task, -ERESTARTSYS);
	}
	task->batch.saved = task->pending.saved;
	call_must_apply(task,
			arch_call_finish(task->tid, &task->pending.saved, -ERESTARTSYS));
	task_settle(task);
}

static void exit_slept(struct tracer *tracer, struct task *task, int64_t result)
{
	if (result < 0)
		interrupted(tracer, task);
	else
		make_again(task);
}

static void exit_at_once(struct tracer *tracer, struct task *task, int64_t result)
{
	(void)tracer;
	(void)result;
	make_again(task);
}

#define RETRY_MS_MAX 16
/* So long it is kept from the signals that come meanwhile. */
#define PARKED_MS_MAX 50

void call_retry(struct call *call)
{
	struct pending *pending = &call->task->pending;
	bool at_once =
		call_has_to_be_harmless(call); /* its filter may not let it sleep */
	unsigned shift = call->task->retries < 4 ? call->task->retries : 4;
	unsigned ms = call->hold_ms ? call->hold_ms : 1u << shift;
	uint64_t args[6] = {0};
	int32_t nr;
	int failed =
		at_once ? call_make_harmless(call, 0)
			: arch_sleep_call(call->task->tid, &call->arch, ms, &nr, args);

	static_assert(1 << 4 == RETRY_MS_MAX, "the back-off ends at its limit");
	if (!failed && !at_once)
		failed = arch_call_replace(call->task->tid, &call->arch, nr, args,
					   &pending->saved);
	call->ended = true;
	if (failed) {
		call_kill(call->task, failed);
		return;
	}
	shown_again(call->task);
	if (at_once)
		call->task->parked_until_ms =
			monotonic_ms() + (ms < PARKED_MS_MAX ? ms : PARKED_MS_MAX);
	if (!call->hold_ms)
		call->task->retries++;
	else
		life_call_waits(call);
	pending->replaced = true;
	pending->exit = at_once ? exit_at_once : exit_slept;
	pending->call = call->arch;
	pending->event = call->event;
}
