/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/attach.c - takes hold of programs that run already, with all their threads and
 * children
 */
#include "tracer/attach.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <sys/ptrace.h>
#include <sys/wait.h>

#include "base/buf.h"
#include "base/escape.h"
#include "base/msg.h"
#include "base/xalloc.h"
#include "tracer/leave.h"
#include "tracer/loop.h"
#include "tracer/proc.h"
#include "tracer/tracer.h"

struct attaching {
	struct tracer *tracer;
	struct attached *attached;
};

static unsigned long options_of(const struct tracer *tracer)
{
	unsigned long options = PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE |
				PTRACE_O_TRACEEXEC | PTRACE_O_TRACEEXIT;

	if (!tracer->config->attach->no_children)
		options |= PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK;
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
	if (ptrace(PTRACE_SEIZE, tid, 0L, options_of(attaching->tracer)) < 0)
		return -errno;
	begin_task(attaching, tid, pid);
	return 0;
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
	while (dir && (entry = readdir(dir))) {
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

static size_t pass(struct attaching *attaching)
{
	struct attached *attached = attaching->attached;
	size_t added = 0;

	if (!attaching->tracer->config->attach->no_children)
		added = find_children(attaching);
	for (size_t i = 0; i < attached->count; i++)
		added += seize_threads(attaching, attached->pids[i]);
	return added;
}

/* ---- stopping ---- */

/* What a task reports before all have stopped is answered when they have. */
static void hold(struct attaching *attaching, pid_t tid, int status)
{
	struct task_table *tasks = &attaching->tracer->tasks;
	struct task *task = task_get(tasks, tid);
	enum stop_kind kind = stop_classify(status).kind;
	unsigned long other;

	if (kind == STOP_EXITED || kind == STOP_KILLED) {
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

/* True when nobody has to be waited for any more. */
static bool all_stand(struct task_table *tasks)
{
	struct task *task, *next;
	bool stand = true;

	HASH_ITER(hh, tasks->head, task, next)
	{
		char state;

		if (task->held || !task->awaited)
			continue;
		state = proc_task(task->tid).state;
		if (state == 'D' || state == 'Z')
			continue;
		if (!state || state == 'X')
			task_remove(tasks, task);
		else
			stand = false;
	}
	return stand;
}

static int wait_for_stops(struct attaching *attaching)
{
	struct task_table *tasks = &attaching->tracer->tasks;
	int status;
	pid_t tid;

	while (tasks->head) {
		tid = waitpid(-1, &status, __WALL | WNOHANG);
		if (tid > 0) {
			hold(attaching, tid, status);
			continue;
		}
		if (leave_is_wanted())
			return -EINTR;
		/* Asked for only when nothing else is to be done, and then slept. */
		if (all_stand(tasks))
			return 0;
		tid = waitpid(-1, &status, __WALL);
		if (tid > 0)
			hold(attaching, tid, status);
		else if (errno == ECHILD)
			break;
	}
	if (tasks->head)
		return 0;
	msg_print("cannot attach: the programs have ended meanwhile");
	return -ESRCH;
}

/* ---- the whole ---- */

static int begin_named(struct attaching *attaching)
{
	const struct attach_config *config = attaching->tracer->config->attach;
	pid_t front = attaching->tracer->front->front;
	struct attached *attached = attaching->attached;

	for (size_t i = 0; i < config->count; i++) {
		struct proc_task task = proc_task(config->pids[i]);
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
		failed = take(attaching, pid, pid);
		/* One whose first thread has ended goes on by the others. */
		if (failed && !(task.state == 'Z' && seize_threads(attaching, pid))) {
			attach_explain(pid, front, -failed);
			return failed;
		}
		add(&attached->pids, &attached->count, pid);
	}
	return attached->count ? 0 : -ESRCH;
}

int attach_all(struct tracer *tracer, struct attached *ret_attached)
{
	struct attaching attaching = {.tracer = tracer, .attached = ret_attached};
	int failed = begin_named(&attaching);

	leave_tick(true);
	while (!failed) {
		while (pass(&attaching) && !leave_is_wanted())
			;
		failed = wait_for_stops(&attaching);
		if (!failed && !pass(&attaching))
			break;
	}
	leave_tick(false);
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
