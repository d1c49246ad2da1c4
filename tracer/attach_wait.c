/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/attach_wait.c - what seized tasks report until all of them stand
 */
#include "tracer/attach_wait.h"

#include <errno.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/monotonic.h"
#include "tracer/leave.h"
#include "tracer/proc.h"
#include "tracer/tracer.h"

/* What a task reports before all have stopped is answered when they have. */
static void hold(struct tracer *tracer, pid_t tid, int status)
{
	struct task_table *tasks = &tracer->tasks;
	struct task *task = task_get(tasks, tid);
	enum stop_kind kind = stop_classify(status).kind;
	unsigned long other;

	/* One that ends runs nothing of the program any more, and may be waited for. */
	if (kind == STOP_EXITING)
		(void)ptrace(PTRACE_DETACH, tid, 0L, 0L);
	if (kind == STOP_EXITING || kind == STOP_EXITED || kind == STOP_KILLED) {
		task_remove(tasks, task);
		return;
	}
	task->awaited = false;
	task->changes_map = false;
	task->held = status;
	if (kind != STOP_CHILD && kind != STOP_EXEC)
		return;
	if (ptrace(PTRACE_GETEVENTMSG, tid, 0L, &other) < 0)
		return;
	if (kind == STOP_CHILD) {
		task_inherit_image(task_get(tasks, (pid_t)other), task);
		task_find(tasks, (pid_t)other)->awaited = true;
	} else if ((pid_t)other != tid && task_find(tasks, (pid_t)other)) {
		task_remove(tasks, task_find(tasks, (pid_t)other));
	}
}

void attach_take_reports(struct tracer *tracer)
{
	int status;
	pid_t tid;

	while ((tid = waitpid(-1, &status, __WALL | WNOHANG)) > 0)
		hold(tracer, tid, status);
}

/* A first thread that is under trace goes without a word when another one executes
 * something, and takes its number: that one has to be seized. */
static bool is_ours(const struct proc_task *task)
{
	return task->state && task->state != 'X' && task->tracer == getpid();
}

/* One that does not come to its stop in this time, because it gets none of the machine's,
 * is like those that cannot be stopped: the stop is before whatever it runs next. */
#define STAND_MS_MAX 10000

/* True when nobody has to be waited for any more. */
static bool all_stand(struct task_table *tasks, bool patient)
{
	struct task *task, *next;
	bool stand = true;

	HASH_ITER(hh, tasks->head, task, next)
	{
		struct proc_task now;

		if (task->held || !task->awaited)
			continue;
		now = proc_task(task->tid);
		if (!is_ours(&now))
			task_remove(tasks, task);
		else if (patient && now.state != 'D' && now.state != 'Z')
			stand = false;
	}
	return stand;
}

static void drop_others(struct task_table *tasks)
{
	struct task *task, *next;

	HASH_ITER(hh, tasks->head, task, next)
	{
		struct proc_task now = proc_task(task->tid);

		if (!is_ours(&now))
			task_remove(tasks, task);
	}
}

int attach_wait_for_stops(struct tracer *tracer)
{
	struct task_table *tasks = &tracer->tasks;
	int64_t until_ms = monotonic_ms() + STAND_MS_MAX;
	int status;
	pid_t tid;

	for (;;) {
		attach_take_reports(tracer);
		if (leave_is_wanted())
			return -EINTR;
		/* Asked for only when nothing else is to be done, and then slept. */
		if (all_stand(tasks, monotonic_ms() < until_ms))
			break;
		tid = waitpid(-1, &status, __WALL);
		if (tid > 0)
			hold(tracer, tid, status);
		else if (errno == ECHILD)
			break;
	}
	drop_others(tasks);
	return 0;
}
