/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/shown_line.c - signals and ends of tasks, for --format strace
 */
#include <seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/wait.h>

#include "audit/strace/strace.h"
#include "base/buf.h"
#include "tracer/front.h"
#include "tracer/shown.h"
#include "tracer/tracer.h"

void shown_signal(struct tracer *tracer, struct task *task)
{
	cleanup_free char *call = NULL;
	siginfo_t info;
	char text[512];
	struct buf buf;

	if (!tracer->config->shows ||
	    ptrace(PTRACE_GETSIGINFO, task->tid, 0L, &info) != 0)
		return;
	if (info.si_signo == SIGSYS && info.si_code > 0)
		call = seccomp_syscall_resolve_num_arch(info.si_arch, info.si_syscall);
	buf_init(&buf, text, sizeof(text));
	strace_put_signal(&buf, &info, call);
	shown_tell_line(tracer, task->tid, text);
}

void shown_stopped(struct tracer *tracer, struct task *task, int sig)
{
	char text[64];
	struct buf buf;

	if (!tracer->config->shows)
		return;
	buf_init(&buf, text, sizeof(text));
	strace_put_stopped(&buf, sig);
	shown_tell_line(tracer, task->tid, text);
}

/* The leader of a process is reaped when all its threads have ended, and has no end of
 * its own when one of them executes: it is told with the last of them. */
static bool leader_waits(struct tracer *tracer, struct task *leader)
{
	struct task *other, *next;
	bool waits = false;

	HASH_ITER(hh, tracer->tasks.head, other, next)
	{
		if (other == leader || task_pid(other) != leader->tid)
			continue;
		other->leader_waits = true;
		waits = true;
	}
	return waits;
}

static void tell_end(struct tracer *tracer, pid_t tid, const char *text)
{
	if (tid == tracer->first)
		tracer->shown_first = true;
	shown_tell_line(tracer, tid, text);
}

static void tell_ended(struct tracer *tracer, struct task *task, int status)
{
	char text[64];
	struct buf buf;

	if (!tracer->config->shows || task->end_shown)
		return;
	task->end_shown = true;
	shown_abandon(tracer, task);
	if (task_pid(task) == task->tid && leader_waits(tracer, task))
		return;
	buf_init(&buf, text, sizeof(text));
	strace_put_ended(&buf, status);
	tell_end(tracer, task->tid, text);
	if (task->leader_waits && task_is_last(&tracer->tasks, task))
		tell_end(tracer, task_pid(task), text);
}

void shown_exiting(struct tracer *tracer, struct task *task)
{
	unsigned long status;

	if (tracer->config->shows &&
	    ptrace(PTRACE_GETEVENTMSG, task->tid, 0L, &status) == 0)
		tell_ended(tracer, task, (int)status);
}

void shown_gone(struct tracer *tracer, struct task *task,
		const struct front_status *status)
{
	/* The program is netjail's child and is reported though it was let go. */
	if (task->tid == tracer->first && tracer->shown_first)
		return;
	tell_ended(tracer, task,
		   status->by_signal ? status->value : W_EXITCODE(status->value, 0));
}

void shown_superseded(struct tracer *tracer, struct task *task, pid_t former)
{
	char text[64];

	if (!tracer->config->shows)
		return;
	shown_abandon(tracer, task);
	snprintf(text, sizeof(text), "+++ superseded by execve in pid %d +++",
		 (int)former);
	shown_tell_line(tracer, task->tid, text);
}
