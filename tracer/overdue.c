/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/overdue.c - ends a call that netjail makes again when its time limit is over
 */
#include "tracer/overdue.h"

#include <errno.h>
#include <stdint.h>
#include <sys/ptrace.h>

#include "base/monotonic.h"
#include "tracer/bell.h"
#include "tracer/task.h"
#include "tracer/tracer.h"

static int64_t next_ns; /* the first limit that is watched, 0 = none */

/* A limit that says EINTR is better late: the call itself says it rightly. */
static bool is_limited(const struct task *task)
{
	const struct repair *repair = &task->repair;

	return repair->limited && !repair->shortened && repair->expired != -EINTR;
}

bool overdue_is(const struct task *task)
{
	return task->repair.state == REPAIR_INTERRUPTED && is_limited(task) &&
	       monotonic_ns() >= task->repair.deadline_ns;
}

static void interrupt(struct task *task)
{
	(void)ptrace(PTRACE_INTERRUPT, task->tid, 0L, 0L);
	task->awaited = true;
}

static void watch_until(int64_t ns)
{
	if (next_ns && next_ns <= ns)
		return;
	next_ns = ns;
	bell_from(ns);
}

void overdue_watch(struct task *task)
{
	if (task->repair.state == REPAIR_RUNNING && is_limited(task))
		watch_until(task->repair.deadline_ns);
	/* The stop at its exit has used the interruption up, and the next one ends it. */
	else if (overdue_is(task))
		interrupt(task);
}

void overdue_look(struct tracer *tracer)
{
	struct task *task, *next;
	int64_t now;

	/* One that netjail leaves goes on alone. */
	if (!next_ns || tracer->leaving)
		return;
	now = monotonic_ns();
	if (now < next_ns)
		return;
	next_ns = 0;
	HASH_ITER(hh, tracer->tasks.head, task, next)
	{
		if (task->repair.state != REPAIR_RUNNING || !is_limited(task))
			continue;
		if (now >= task->repair.deadline_ns)
			interrupt(task);
		else
			watch_until(task->repair.deadline_ns);
	}
	if (!next_ns)
		bell_from(0);
}
