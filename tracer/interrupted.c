/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/interrupted.c - a call that was interrupted is told once, when it is known how
 * it ended
 */
#include "tracer/interrupted.h"

#include <errno.h>

#include "tracer/act.h"
#include "tracer/call.h"
#include "tracer/shown.h"

bool interrupted_is(int64_t result)
{
	return result == -EINTR || arch_is_interrupted(result);
}

void interrupted_begin(const struct tracer *tracer, struct task *task, int64_t result)
{
	struct interrupted *interrupted = &task->interrupted;

	interrupted->set = true;
	interrupted->by_leave = tracer->leaving;
	interrupted->call = task->pending.call;
	interrupted->event = task->pending.event;
	interrupted->result = result;
	interrupted->first_errno = task->pending.first_errno;
	if (result != -EINTR)
		interrupted->begun_ms = 0;
	else if (!interrupted->begun_ms)
		interrupted->begun_ms = task->pending.begun_ms;
}

/* It waits for tracer/eintr. */
static bool is_held(const struct task *task)
{
	return task->interrupted.set && !arch_is_interrupted(task->interrupted.result);
}

/* A program that makes the call anew after an EINTR makes another one. */
static bool is_made_again(const struct task *task, const struct arch_call *call)
{
	return task->interrupted.set && call_is_same(&task->interrupted.call, call) &&
	       (!is_held(task) || task->repair.state == REPAIR_RUNNING);
}

void interrupted_call(struct tracer *tracer, struct task *task,
		      const struct arch_call *call)
{
	if (is_made_again(task, call)) {
		task->interrupted.set = false;
		shown_again(task);
		return;
	}
	interrupted_tell(tracer, task);
	task->interrupted.begun_ms = 0;
	task->interrupted.first_errno = 0;
}

void interrupted_expired(struct task *task, int64_t result)
{
	if (is_held(task))
		task->interrupted.result = result;
}

int64_t interrupted_since(const struct task *task)
{
	/* rounded up: the limit is never over early */
	return is_held(task) ? (task->interrupted.begun_ms + 1) * 1000000 : 0;
}

void interrupted_looked(struct tracer *tracer, struct task *task, bool signalled)
{
	bool over = task->interrupted.result != -EINTR;

	if (is_held(task) && (over || signalled) && task->repair.state != REPAIR_REWOUND)
		interrupted_tell(tracer, task);
}

void interrupted_tell(struct tracer *tracer, struct task *task)
{
	int64_t result = -EINTR;

	if (!task->interrupted.set)
		return;
	if (is_held(task)) {
		result = task->interrupted.result;
		act_forget(task);
	}
	task->interrupted.set = false;
	call_tell(tracer, task, &task->interrupted.event, result);
	shown_end(tracer, task, result);
}
