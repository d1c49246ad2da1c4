/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/act.c - what becomes of a judged call whose verdict is not a plain allow or
 * refuse
 */
#include "tracer/act.h"

#include <errno.h>
#include <signal.h>

#include "base/monotonic.h"
#include "tracer/call.h"

void act_forget(struct task *task)
{
	task->hold.set = false;
}

bool act_delay(struct call *call)
{
	struct held *held = &call->task->hold;
	int64_t left;

	if (!held->until_ms)
		held->until_ms = monotonic_ms() + call->event.decision.action->ms;
	left = held->until_ms - monotonic_ms();
	if (left <= 0)
		return true;
	call->hold_ms = (unsigned)left;
	return false;
}

bool act_on(struct call *call, enum request_kind kind, int sock, struct destination *dest)
{
	if (call->event.dry)
		return true;
	switch (call->event.decision.verdict) {
	case VERDICT_ALLOW:
		return true;
	case VERDICT_DELAY:
		return act_delay(call);
	case VERDICT_TIMEOUT:
		return act_timeout(call, kind, sock, dest);
	case VERDICT_REDIRECT:
		return act_redirect(call, sock, dest);
	case VERDICT_ASK:
		return act_ask(call);
	case VERDICT_REFUSE:
	case VERDICT_ERROR:
	case VERDICT_NUM_:
		break;
	}
	return false;
}

int act_errno(const struct call *call, int otherwise)
{
	const struct decision *decision = &call->event.decision;

	if (!call->event.judged || call->event.reason)
		return otherwise;
	if (decision->verdict == VERDICT_ERROR)
		return decision->action->error;
	return decision->verdict == VERDICT_TIMEOUT ? ETIMEDOUT : otherwise;
}

bool act_swallows(const struct call *call)
{
	return call->event.judged && !call->event.reason &&
	       call->event.decision.verdict == VERDICT_TIMEOUT;
}

/* --kill: every traced process of the group that the task is in. netjail's own front is
 * in the program's group, so the group as a whole is not the one to kill. */
static void kill_group(const struct tracer *tracer, const struct task *task)
{
	pid_t group = getpgid(task->tid);
	struct task *other, *next;

	HASH_ITER(hh, tracer->tasks.head, other, next)
	{
		if (group >= 0 && getpgid(other->tid) == group)
			kill(task_pid(other), SIGKILL);
	}
}

void act_refused(struct tracer *tracer, const struct task *task)
{
	tracer->refused = true;
	if (tracer->config->kill)
		kill_group(tracer, task);
}
