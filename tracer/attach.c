/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/attach.c - takes hold of programs that run already, with all their threads and
 * children
 */
#include "tracer/attach.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <time.h>

#include "base/buf.h"
#include "base/escape.h"
#include "base/monotonic.h"
#include "base/msg.h"
#include "base/xalloc.h"
#include "tracer/attach_wait.h"
#include "tracer/leave.h"
#include "tracer/loop.h"
#include "tracer/proc.h"
#include "tracer/seize.h"
#include "tracer/tracer.h"

struct attaching {
	struct tracer *tracer;
	struct attached *attached;
	bool again; /* a task could not be had yet: its process was executing something */
	int64_t again_until_ms; /* 0 when not */
	pid_t stuck;            /* the process that did so for too long, or 0 */
};

static unsigned long options_of(const struct tracer *tracer)
{
	/* A thread comes by any of the three (kernel/fork.c kernel_clone). */
	unsigned long options = PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE |
				PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK |
				PTRACE_O_TRACEEXEC | PTRACE_O_TRACEEXIT;

	if (tracer->ends_programs)
		options |= PTRACE_O_EXITKILL;
	return options;
}

static bool has(const pid_t *pids, size_t count, pid_t pid)
{
	for (size_t i = 0; i < count; i++)
		if (pids[i] == pid)
			return true;
	return false;
}

static void add(pid_t **pids, size_t *count, pid_t pid)
{
	*pids = xreallocarray(*pids, *count + 1, sizeof(**pids));
	(*pids)[(*count)++] = pid;
}

void attached_free(struct attached *attached)
{
	free(attached->pids);
	free(attached->unwatched);
	*attached = (struct attached){.count = 0};
}

/* ---- seizing ---- */

/* A thread or child that is not to be had, though its process is. */
static void tell_unwatched(struct attaching *attaching, pid_t tid,
			   const struct proc_task *task)
{
	struct attached *attached = attaching->attached;
	char name[EVENT_NAME_MAX], text[256];
	struct buf buf;

	if (has(attached->unwatched, attached->unwatched_count, tid))
		return;
	add(&attached->unwatched, &attached->unwatched_count, tid);
	proc_comm(tid, name);
	buf_init(&buf, text, sizeof(text));
	escape_put(&buf, name, strnlen(name, sizeof(name)));
	buf_printf(&buf, "[%d] is not watched: ", (int)tid);
	if (proc_is_of_the_kernel(tid))
		buf_puts(&buf, "a worker of the kernel's for io_uring");
	else if (task->tracer)
		buf_printf(&buf, "process %d traces it already", (int)task->tracer);
	else
		buf_puts(&buf, "the kernel forbids it (other rights?)");
	hub_note(attaching->tracer->config->hub, text);
}

static void begin_task(struct attaching *attaching, pid_t tid, pid_t pid)
{
	struct task *task = task_get(&attaching->tracer->tasks, tid);
	struct task *leader = task_find(&attaching->tracer->tasks, pid);

	task->tgid = pid;
	task->changes_map = true; /* until it has stopped */
	task->own_filter = proc_task(tid).filtered;
	if (leader && leader->image)
		task_inherit_image(task, leader);
	else
		task_found_image(task);
	attaching->attached->threads++;
	task->awaited = ptrace(PTRACE_INTERRUPT, tid, 0L, 0L) == 0;
}

/* 0 when it is new. */
static int take(struct attaching *attaching, pid_t tid, pid_t pid)
{
	int failed = seize_task(tid, options_of(attaching->tracer));

	if (!failed)
		begin_task(attaching, tid, pid);
	return failed;
}

/* A task of `pid` could not be had, and may be had later. */
static void executes(struct attaching *attaching, pid_t pid)
{
	int64_t now = monotonic_ms();

	attaching->again = true;
	if (!attaching->again_until_ms)
		attaching->again_until_ms = now + INT64_C(1000) * ATTACH_EXECUTES_S_MAX;
	else if (now >= attaching->again_until_ms)
		attaching->stuck = pid;
}

/* True when it is new. */
static bool seize(struct attaching *attaching, pid_t tid, pid_t pid)
{
	struct proc_task task;
	int failed;

	if (task_find(&attaching->tracer->tasks, tid))
		return false;
	failed = take(attaching, tid, pid);
	if (!failed)
		return true;
	if (failed == -EAGAIN) {
		executes(attaching, pid);
		return false;
	}
	task = proc_task(tid);
	/* Ours by its maker, or ended meanwhile. */
	if (failed != -ESRCH && task.state && task.state != 'Z' && task.state != 'X' &&
	    task.tracer != getpid())
		tell_unwatched(attaching, tid, &task);
	return false;
}

static size_t seize_threads(struct attaching *attaching, pid_t pid)
{
	char path[48];
	struct dirent *entry;
	size_t added = 0;
	DIR *dir;

	snprintf(path, sizeof(path), "/proc/%d/task", (int)pid);
	dir = opendir(path);
	while (dir && !attaching->again && (entry = readdir(dir))) {
		pid_t tid = (pid_t)strtol(entry->d_name, NULL, 10);

		if (tid > 0 && seize(attaching, tid, pid))
			added++;
	}
	if (dir)
		closedir(dir);
	return added;
}

/* Every process whose parent is one of ours is one of ours; the parent's number is
 * smaller or not, so that a second look may find more. */
static size_t find_children(struct attaching *attaching)
{
	struct attached *attached = attaching->attached;
	DIR *dir = opendir("/proc");
	struct dirent *entry;
	size_t added = 0;

	while (dir && (entry = readdir(dir))) {
		pid_t pid = (pid_t)strtol(entry->d_name, NULL, 10);

		if (pid <= 0 || has(attached->pids, attached->count, pid) ||
		    !has(attached->pids, attached->count, proc_task(pid).parent) ||
		    attach_is_own(pid, attaching->tracer->front->front))
			continue;
		add(&attached->pids, &attached->count, pid);
		added++;
	}
	if (dir)
		closedir(dir);
	return added;
}

/* True when another one is needed. */
static bool pass(struct attaching *attaching)
{
	struct attached *attached = attaching->attached;
	bool again = false;
	size_t added = 0;

	if (!attaching->tracer->config->attach->no_children)
		added = find_children(attaching);
	for (size_t i = 0; i < attached->count; i++) {
		attaching->again = false;
		added += seize_threads(attaching, attached->pids[i]);
		again |= attaching->again;
	}
	attach_take_reports(attaching->tracer);
	if (added || !again)
		attaching->again_until_ms = 0;
	return added || again;
}

bool attach_lets_be(struct tracer *tracer, struct task *task)
{
	if (!tracer->config->attach->no_children || task->image ||
	    !task_is_last(&tracer->tasks, task) ||
	    ptrace(PTRACE_DETACH, task->tid, 0L, 0L) != 0)
		return false;
	task_remove(&tracer->tasks, task);
	return true;
}

/* ---- the whole ---- */

/* A process whose first thread has ended goes on by the others, of which one that
 * executes something takes the first one's place: for that moment it cannot be had, or is
 * not even found (seen on Linux 6.1). */
#define TRIES 10

static void nap(void)
{
	(void)nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
}

static int take_first(struct attaching *attaching, pid_t pid)
{
	attaching->again_until_ms = 0;
	for (int tries = 0;;) {
		int failed = take(attaching, pid, pid);

		attaching->again = false;
		if (failed == -EAGAIN)
			executes(attaching, pid);
		if (!failed || (failed == -EPERM && proc_task(pid).state == 'Z' &&
				seize_threads(attaching, pid)))
			return 0;
		attach_take_reports(attaching->tracer);
		if (leave_is_wanted())
			return -EINTR;
		if (attaching->stuck)
			return -EAGAIN;
		if (attaching->again)
			continue;
		if ((failed != -EPERM && failed != -ESRCH) || ++tries == TRIES ||
		    proc_task(pid).tracer)
			return failed;
		nap();
	}
}

static struct proc_task find(pid_t pid)
{
	struct proc_task task = proc_task(pid);

	for (int tries = 0; !task.state && tries < TRIES && kill(pid, 0) == 0; tries++) {
		nap();
		task = proc_task(pid);
	}
	return task;
}

static int begin_named(struct attaching *attaching)
{
	const struct attach_config *config = attaching->tracer->config->attach;
	pid_t front = attaching->tracer->front->front;
	struct attached *attached = attaching->attached;

	for (size_t i = 0; i < config->count; i++) {
		struct proc_task task = find(config->pids[i]);
		pid_t pid = task.tgid;
		int failed;

		if (task.state && has(attached->pids, attached->count, pid))
			continue;
		if (!task.state || attach_is_own(pid, front)) {
			attach_explain(config->pids[i], front, ESRCH);
			if (task.state)
				return -EPERM;
			continue; /* the others may still be there */
		}
		failed = take_first(attaching, pid);
		if (failed && failed != -EINTR)
			attach_explain(pid, front, -failed);
		if (failed)
			return failed;
		add(&attached->pids, &attached->count, pid);
	}
	return attached->count ? 0 : -ESRCH;
}

int attach_all(struct tracer *tracer, struct attached *ret_attached)
{
	struct attaching attaching = {.tracer = tracer, .attached = ret_attached};
	int failed, tries = 0;

	leave_tick(true);
	failed = begin_named(&attaching);
	attaching.again_until_ms = 0;
	while (!failed && tries < TRIES) {
		while (pass(&attaching) && !leave_is_wanted() && !attaching.stuck)
			;
		if (attaching.stuck) {
			attach_explain(attaching.stuck, tracer->front->front, EAGAIN);
			failed = -EAGAIN;
			break;
		}
		failed = attach_wait_for_stops(tracer);
		if (failed || pass(&attaching))
			continue;
		if (tracer->tasks.head)
			break;
		tries++;
		nap();
	}
	leave_tick(leave_is_wanted());
	if (!failed && !tracer->tasks.head) {
		msg_print("cannot attach: the programs have ended meanwhile");
		failed = -ESRCH;
	}
	return failed;
}

void attach_end_with_netjail(const struct tracer *tracer, const struct task *task)
{
	if (tracer->ends_programs)
		(void)ptrace(PTRACE_SETOPTIONS, task->tid, 0L, options_of(tracer));
}

void attach_release(struct tracer *tracer)
{
	struct task *task, *next;

	HASH_ITER(hh, tracer->tasks.head, task, next)
	{
		int status = task->held;

		task->held = 0;
		if (!status)
			continue;
		attach_end_with_netjail(tracer, task);
		loop_answer(tracer, task, status);
	}
}
