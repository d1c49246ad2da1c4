/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/loop.c - waits for the traced tasks and answers each stop, until none is left
 *
 * Any ptrace request may fail with ESRCH, because SIGKILL ends a stopped task at any
 * time; the death is then the next thing that waitpid(2) reports.
 */
#include "tracer/loop.h"

#include <assert.h>
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/ptrace.h>
#include <sys/wait.h>

#include "base/monotonic.h"
#include "tracer/attach.h"
#include "tracer/bell.h"
#include "tracer/call.h"
#include "tracer/eintr.h"
#include "tracer/evade.h"
#include "tracer/front_shared.h"
#include "tracer/gate.h"
#include "tracer/guard.h"
#include "tracer/leave.h"
#include "tracer/life.h"
#include "tracer/overdue.h"
#include "tracer/passed.h"
#include "tracer/proc.h"
#include "tracer/relay.h"
#include "tracer/reload.h"
#include "tracer/shown.h"
#include "tracer/stop.h"

static void resume(struct tracer *tracer, struct task *task, int sig)
{
	bool watches = tracer->gate || task->pending.exit || eintr_watches(task);

	if (task->parked_until_ms) {
		tracer->parks = true;
		leave_tick(true);
		return;
	}
	if (tracer->leaving && leave_detached(tracer, task, sig))
		return;

	overdue_watch(task);
	(void)ptrace(watches ? PTRACE_SYSCALL : PTRACE_CONT, task->tid, 0L, (long)sig);
}

/* A program whose own filter may forbid it to sleep waits at its stop. */
static void end_parking(struct tracer *tracer)
{
	struct task *task, *next;

	tracer->parks = false;
	HASH_ITER(hh, tracer->tasks.head, task, next)
	{
		if (!task->parked_until_ms)
			continue;
		if (task->parked_until_ms > monotonic_ms() && !leave_is_wanted()) {
			tracer->parks = true;
			continue;
		}
		task->parked_until_ms = 0;
		resume(tracer, task, 0);
	}
	if (!tracer->parks)
		leave_tick(leave_is_wanted());
	if (leave_is_wanted()) /* asked just now */
		leave_tick(true);
}

/* ---- one function a kind of stop ---- */

static void on_unknown(struct tracer *tracer, struct task *task, int value)
{
	(void)value;
	resume(tracer, task, 0);
}

static void on_gone(struct tracer *tracer, struct task *task,
		    const struct front_status *status)
{
	interrupted_tell(tracer, task);
	life_ended(tracer, task, status);
	shown_gone(tracer, task, status);
	if (task->tid == tracer->first) {
		tracer->status = *status;
		tracer->first = 0;
		front_gone(tracer->front);
	}
	task_remove(&tracer->tasks, task);
}

static void on_exited(struct tracer *tracer, struct task *task, int value)
{
	struct front_status status = {false, value};

	on_gone(tracer, task, &status);
}

static void on_killed(struct tracer *tracer, struct task *task, int value)
{
	struct front_status status = {true, value};

	on_gone(tracer, task, &status);
}

/* -ENOENT: the task is at no such stop any more. It was killed there, by another thread's
 * execve(2) too, and stands at its last stop, which is reported next and MUST NOT be
 * passed over: what it has received is judged there. */
static void go_on(struct tracer *tracer, struct task *task, int failed)
{
	if (failed == -ENOENT)
		return;
	if (failed)
		call_kill(task, failed);
	resume(tracer, task, 0);
}

static void on_seccomp(struct tracer *tracer, struct task *task, int value)
{
	struct arch_call call;
	int failed = arch_call_get(task->tid, &call);

	(void)value;
	if (!failed)
		call_begin(tracer, task, &call);
	go_on(tracer, task, failed);
}

static int exit_run(struct tracer *tracer, struct task *task)
{
	int64_t result;
	int failed;

	if (eintr_syscall_stop(task) || !task->pending.exit)
		return 0;
	failed = arch_result_get(task->tid, &result);
	if (!failed)
		task->pending.exit(tracer, task, result);
	return failed;
}

static void on_syscall(struct tracer *tracer, struct task *task, int value)
{
	(void)value;
	go_on(tracer, task,
	      tracer->gate ? gate_stop(tracer, task) : exit_run(tracer, task));
}

/* A new task may have come and gone before the fork that made it is reported. */
static bool is_traced(pid_t tid)
{
	siginfo_t info;

	return waitid(P_PID, (id_t)tid, &info,
		      WEXITED | WSTOPPED | WNOHANG | WNOWAIT | __WALL) == 0;
}

/* Threads always are, children where they are wanted. */
static bool is_watched(const struct tracer *tracer, struct task *maker, pid_t tid)
{
	return !tracer->gate || !tracer->config->attach->no_children ||
	       proc_tgid(tid) == task_pid(maker);
}

static void on_child(struct tracer *tracer, struct task *task, int value)
{
	unsigned long tid;
	struct task *child;

	(void)value;
	if (ptrace(PTRACE_GETEVENTMSG, task->tid, 0L, &tid) == 0 &&
	    is_traced((pid_t)tid) && is_watched(tracer, task, (pid_t)tid)) {
		child = task_get(&tracer->tasks, (pid_t)tid);
		task_inherit_image(child, task);
		if (tracer->gate)
			guard_born(child, task);
		life_forked(tracer, child, task);
	}
	resume(tracer, task, 0);
}

/* The thread that executed goes on as the leader of its process; the others are gone, and
 * those that had no chance to report it are the leader's old self and the thread's old
 * number. */
static void on_exec(struct tracer *tracer, struct task *task, int value)
{
	unsigned long former;
	struct task *old;

	(void)value;
	if (ptrace(PTRACE_GETEVENTMSG, task->tid, 0L, &former) == 0 &&
	    (pid_t)former != task->tid) {
		shown_superseded(tracer, task, (pid_t)former);
		old = task_find(&tracer->tasks, (pid_t)former);
		if (old) {
			task->own_filter |= old->own_filter;
			task->own_domain = old->own_domain;
			task->domain_guessed = old->domain_guessed;
			task_remove(&tracer->tasks, old);
		}
	}
	task_execed(task);
	task->table_since = ++tracer->clock;
	if (image_is_too_deep(task->image))
		call_kill(task, 0);
	task->in_call = true; /* its exit stop follows */
	if (!tracer->started)
		tracer->filters = proc_seccomp_filters(task->tid);
	if (!tracer->started && !tracer->config->quiet)
		hub_note(tracer->config->hub, tracer->policy);
	tracer->started = true;
	life_execed(tracer, task);
	evade_check_exec(tracer, task);
	resume(tracer, task, 0);
}

/* A thread of the program itself. */
static bool is_first(const struct tracer *tracer, struct task *task)
{
	return tracer->first && task_pid(task) == tracer->first;
}

/* A dead task that is traced can be reaped by its tracer first, and by its parent only
 * then; but its pidfd is readable at once, and who waits for that and finds nobody takes
 * the child for lost (GLib, systemd). So it is let go while it is still alive. The last
 * one stays: netjail ends when it has ended. So does one that is killed at this very
 * stop: its death is reported next. Attached to, the last one has a parent that waits,
 * too. */
static void on_exiting(struct tracer *tracer, struct task *task, int value)
{
	(void)value;
	if (HASH_COUNT(tracer->tasks.head) == 1 && !tracer->gate) {
		shown_exiting(tracer, task);
		resume(tracer, task, 0);
		return;
	}
	passed_exiting(tracer, task);
	interrupted_tell(tracer, task);
	life_exiting(tracer, task);
	shown_exiting(tracer, task);
	if (ptrace(PTRACE_DETACH, task->tid, 0L, 0L) == 0)
		task_remove(&tracer->tasks, task);
}

static void on_group(struct tracer *tracer, struct task *task, int value)
{
	int32_t unused;

	task->group_stopped = true;
	task->awaited = false;
	shown_stopped(tracer, task, value);
	if (is_first(tracer, task) && !tracer->first_stopped) {
		tracer->first_stopped = true;
		front_stopped(tracer->front, value);
	}
	/* One that is to take netjail's memory away, and stands in a call, comes to that
	 * call again and no further. */
	if (task->unmaps && arch_restarted_nr(task->tid, &unused) == 0)
		resume(tracer, task, 0);
	else
		(void)ptrace(PTRACE_LISTEN, task->tid, 0L, 0L);
}

static void on_trap(struct tracer *tracer, struct task *task, int value)
{
	(void)value;
	if (tracer->gate && attach_lets_be(tracer, task))
		return;
	if (task->group_stopped && is_first(tracer, task) && tracer->first_stopped) {
		tracer->first_stopped = false;
		front_continued(tracer->front);
	}
	if ((tracer->gate || overdue_is(task)) && !task->group_stopped)
		eintr_repair_trap(task);
	interrupted_looked(tracer, task, false);
	/* A child that comes before its maker's word of it. */
	if (tracer->gate && !task->image)
		task->own_filter |= proc_task(task->tid).filtered;
	if (tracer->gate)
		attach_end_with_netjail(tracer, task);
	task->awaited = false;
	task->was_stopped |= task->group_stopped;
	task->group_stopped = false;
	resume(tracer, task, 0);
}

static void on_signal(struct tracer *tracer, struct task *task, int value)
{
	siginfo_t info;

	if (is_first(tracer, task) && front_forwards(value) &&
	    ptrace(PTRACE_GETSIGINFO, task->tid, 0L, &info) == 0)
		relay_saw(value, info.si_pid);
	call_signalled(tracer, task, value);
	eintr_repair(task, value, tracer->gate);
	interrupted_looked(tracer, task, true);
	shown_signal(tracer, task);
	resume(tracer, task, value);
}

static void (*const on_stop[])(struct tracer *, struct task *, int) = {
	[STOP_UNKNOWN] = on_unknown, [STOP_EXITED] = on_exited,
	[STOP_KILLED] = on_killed,   [STOP_SECCOMP] = on_seccomp,
	[STOP_SYSCALL] = on_syscall, [STOP_CHILD] = on_child,
	[STOP_EXEC] = on_exec,       [STOP_EXITING] = on_exiting,
	[STOP_GROUP] = on_group,     [STOP_TRAP] = on_trap,
	[STOP_SIGNAL] = on_signal,
};
static_assert(ARRAY_LEN(on_stop) == STOP_NUM_, "answer each kind of stop");

void loop_answer(struct tracer *tracer, struct task *task, int status)
{
	struct stop stop = stop_classify(status);

	task->stop = stop.kind;
	if (!task->table_since)
		task->table_since = ++tracer->clock;
	on_stop[stop.kind](tracer, task, stop.value);
}

/* The task that reports. What its maker has brought upon it is known by the fork's own
 * report, which may be the later one. */
static struct task *reporting(struct tracer *tracer, pid_t tid)
{
	struct task *task = task_find(&tracer->tasks, tid);

	if (task)
		return task;
	task = task_get(&tracer->tasks, tid);
	task->own_domain = task->domain_guessed = tracer->own_domains;
	if (tracer->own_filters)
		task->own_filter = proc_seccomp_filters(tid) != tracer->filters;
	return task;
}

bool loop_look(struct tracer *tracer)
{
	int status;
	pid_t tid = waitpid(-1, &status, __WALL | WNOHANG);

	if (tid > 0)
		loop_answer(tracer, reporting(tracer, tid), status);
	return tid > 0;
}

void loop_run(struct tracer *tracer)
{
	for (;;) {
		int status;
		pid_t tid;

		if (!tracer->gate && relay_waits())
			relay_deliver(&tracer->tasks);
		reload_if_wanted(tracer);
		overdue_look(tracer);
		if (tracer->parks)
			end_parking(tracer);
		if (tracer->gate && leave_is_over(tracer))
			break;
		tid = waitpid(-1, &status, __WALL);
		if (tid < 0 && errno == EINTR)
			continue;
		if (tid < 0)
			break; /* ECHILD: nobody is left */
		loop_answer(tracer, reporting(tracer, tid), status);
	}
	bell_end();
}
