/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/leave.c - attach mode: lets every task go so that it does not notice
 */
#include "tracer/leave.h"

#include <assert.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/time.h>
#include <time.h>

#include "base/msg.h"
#include "tracer/guard.h"
#include "tracer/life.h"
#include "tracer/proc.h"
#include "tracer/seal.h"
#include "tracer/seize.h"
#include "tracer/tracer.h"

#define TICK_MS 10
/* So long one thread of a process may take to come to a call, before another is asked,
 * too, to take netjail's memory away; and so long all of them. */
#define UNMAP_TICKS     20
#define UNMAP_TICKS_MAX 500
/* So long a task that was interrupted may take to come to its stop. */
#define REACH_TICKS_MAX 1000
/* So long one waits at its last stop for the others of its process. */
#define STAND_TICKS_MAX 10

static volatile sig_atomic_t wanted, ticks;
static sig_atomic_t begun; /* the tick at which leaving began */

/* ---- being asked ---- */

void leave_tick(bool on)
{
	const struct timeval every = {0, on ? TICK_MS * 1000L : 0};
	const struct itimerval timer = {every, every};

	(void)setitimer(ITIMER_REAL, &timer, NULL);
}

/* SIGTERM. The ticks that follow make up for one that came just before waitpid(2). */
static void on_asked(int sig)
{
	(void)sig;
	wanted = 1;
	leave_tick(true);
}

static void on_tick(int sig)
{
	(void)sig;
	ticks++;
	seize_tick();
}

/* When the time is up, netjail asks itself. */
static void set_time(uint64_t ms)
{
	struct sigevent asks = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGTERM};
	struct itimerspec after = {
		.it_value = {(time_t)(ms / 1000), (long)(ms % 1000) * 1000000}};
	timer_t timer;

	if (timer_create(CLOCK_MONOTONIC, &asks, &timer) < 0 ||
	    timer_settime(timer, 0, &after, NULL) < 0)
		msg_die("cannot set a timer: %s", strerror(errno));
}

void leave_listen(uint64_t for_ms)
{
	/* Without SA_RESTART: waitpid(2) is to return. */
	struct sigaction asked = {.sa_handler = on_asked},
			 alarm = {.sa_handler = on_tick};

	sigaction(SIGTERM, &asked, NULL);
	sigaction(SIGALRM, &alarm, NULL);
	if (for_ms)
		set_time(for_ms);
}

void leave_now(void)
{
	on_asked(0);
}

bool leave_is_wanted(void)
{
	return wanted;
}

/* ---- leaving ---- */

static bool has_business(const struct task *task)
{
	return task->pending.replaced || task->batch.set || task->repair.shortened ||
	       (task->repair.state == REPAIR_RESTARTING && !task->group_stopped) ||
	       task->unmaps;
}

static void interrupt(struct task *task)
{
	if (!task->awaited && ptrace(PTRACE_INTERRUPT, task->tid, 0L, 0L) == 0)
		task->awaited = true;
}

/* One more thread of a process is to take netjail's memory away. NULL when all are. */
static struct task *choose_unmapper(struct tracer *tracer, pid_t process)
{
	struct task *task, *next;

	HASH_ITER(hh, tracer->tasks.head, task, next)
	{
		if (task->tgid != process || task->own_filter || task->unmaps)
			continue;
		task->unmaps = true;
		return task;
	}
	return NULL;
}

/* The first of them, or NULL. */
static struct task *unmapper_of(struct tracer *tracer, pid_t process)
{
	struct task *task, *next;

	HASH_ITER(hh, tracer->tasks.head, task, next)
	{
		if (task->unmaps && task->tgid == process)
			return task;
	}
	return NULL;
}

/* A signal for the whole process may wake any of its threads. */
static void spread_signalled(struct tracer *tracer)
{
	struct task *task, *next, *leader;

	HASH_ITER(hh, tracer->tasks.head, task, next)
	{
		leader = task_find(&tracer->tasks, task_pid(task));
		if (leader)
			leader->repair.signalled |= task->repair.signalled;
	}
	HASH_ITER(hh, tracer->tasks.head, task, next)
	{
		leader = task_find(&tracer->tasks, task->tgid);
		if (leader)
			task->repair.signalled |= leader->repair.signalled;
	}
}

static void begin(struct tracer *tracer)
{
	struct task *task, *next;

	tracer->leaving = true;
	begun = ticks;
	leave_tick(true);
	spread_signalled(tracer);
	HASH_ITER(hh, tracer->tasks.head, task, next)
	{
		if (guard_has_business(task) && !unmapper_of(tracer, task_pid(task)) &&
		    !choose_unmapper(tracer, task_pid(task)))
			guard_tell_left(tracer, task);
	}
	HASH_ITER(hh, tracer->tasks.head, task, next)
	{
		if (has_business(task) || task->repair.signalled ||
		    (!task->in_call && !task->group_stopped))
			interrupt(task);
	}
}

/* They are asked no more: one has done it, or it is given up. */
static void release_unmappers(struct tracer *tracer, pid_t process)
{
	struct task *task, *next;

	HASH_ITER(hh, tracer->tasks.head, task, next)
	{
		if (!task->unmaps || task->tgid != process)
			continue;
		task->unmaps = false;
		interrupt(task);
	}
}

/* Stopped by job control where it computes: it is not to run, not for a moment. */
static bool stands_still(const struct tracer *tracer, pid_t process)
{
	struct task *task, *next;

	HASH_ITER(hh, tracer->tasks.head, task, next)
	{
		if (task->tgid == process && !task->group_stopped)
			return false;
	}
	return true;
}

/* A thread that only computes, or gets no CPU, comes to no call: another one of the
 * process is asked, too. One whose call is replaced waits for those that read the memory
 * (tracer/guard). */
static void add_unmappers(struct tracer *tracer)
{
	struct task *task, *next, *one;

	HASH_ITER(hh, tracer->tasks.head, task, next)
	{
		if (!task->unmaps || task->pending.replaced ||
		    unmapper_of(tracer, task->tgid) != task)
			continue;
		one = choose_unmapper(tracer, task->tgid);
		if (one) {
			interrupt(one);
		} else if (ticks - begun > UNMAP_TICKS_MAX ||
			   stands_still(tracer, task->tgid)) {
			guard_tell_left(tracer, task);
			release_unmappers(tracer, task->tgid);
		}
	}
}

static void release_unmappers_done(struct tracer *tracer)
{
	struct task *task, *next;

	HASH_ITER(hh, tracer->tasks.head, task, next)
	{
		if (task->unmaps && !guard_has_business(task))
			release_unmappers(tracer, task->tgid);
	}
}

/* One whose stop cannot come: it sleeps where nothing interrupts it (a parent in
 * vfork(2)), or is gone. It stands in no call of ours. */
static bool is_out_of_reach(const struct task *task)
{
	struct proc_task now = proc_task(task->tid);

	return now.state == 'D' || now.state == 'Z' || now.state == 'X' || !now.state ||
	       now.tracer != getpid();
}

static bool is_settled(const struct task *task, bool look)
{
	if (task->repair.stands)
		return true;
	if (has_business(task))
		return false;
	if (task->awaited)
		return look && (is_out_of_reach(task) || ticks - begun > REACH_TICKS_MAX);
	return task->in_call || task->group_stopped;
}

/* Whoever is still waited for is interrupted once more: that does nothing to one that is
 * to stop anyway, and nobody is waited for in vain, whatever used the first one up. */
static void remind(struct tracer *tracer)
{
	struct task *task, *next;

	HASH_ITER(hh, tracer->tasks.head, task, next)
	{
		if (is_settled(task, true))
			continue;
		/* One that is gone is found to be out of reach. */
		(void)ptrace(PTRACE_INTERRUPT, task->tid, 0L, 0L);
		task->awaited = true;
	}
}

/* PTRACE_O_EXITKILL does not have those that have not stopped yet. */
static void kill_all(struct tracer *tracer)
{
	struct task *task, *next;

	HASH_ITER(hh, tracer->tasks.head, task, next)
	kill(task_pid(task), SIGKILL);
}

static void let_go(struct tracer *tracer, struct task *task, int sig)
{
	if (task->repair.state == REPAIR_REWOUND)
		(void)!arch_interrupted_hand_over(task->tid);
	(void)ptrace(PTRACE_DETACH, task->tid, 0L, (long)sig);
	life_left(tracer, task);
	task_remove(&tracer->tasks, task);
}

/* The leaders first: a signal for a process that is ignored is dropped when they are not
 * traced (kernel/signal.c sig_ignored). */
static void release_standing(struct tracer *tracer)
{
	struct task *task, *next;

	for (int leaders = 1; leaders >= 0; leaders--)
		HASH_ITER(hh, tracer->tasks.head, task, next)
		{
			if (task->repair.stands && (!leaders || task->tid == task->tgid))
				let_go(tracer, task, task->repair.last_signal);
		}
}

bool leave_is_over(struct tracer *tracer)
{
	static sig_atomic_t looked;
	struct task *task, *next;
	bool look = ticks != looked;

	if (!wanted)
		return false;
	if (tracer->ends_programs) {
		kill_all(tracer);
		return true;
	}
	if (!tracer->leaving)
		begin(tracer);
	release_unmappers_done(tracer);
	if (look && ticks % UNMAP_TICKS == 0) {
		add_unmappers(tracer);
		remind(tracer);
	}
	looked = ticks;
	if (ticks - begun > STAND_TICKS_MAX)
		release_standing(tracer);
	HASH_ITER(hh, tracer->tasks.head, task, next)
	{
		if (!is_settled(task, look))
			return false;
	}
	release_standing(tracer);
	return true;
}

/* The stops in which a task may be let go: those between two calls. */
static bool may_go(const struct task *task)
{
	static const bool between[STOP_NUM_] = {
		[STOP_SIGNAL] = true,
		[STOP_TRAP] = true,
	};
	int64_t result;

	if (has_business(task))
		return false;
	/* An exit stop; but an EINTR is repaired at the stop that follows it. */
	if (task->stop == STOP_SYSCALL)
		return !task->in_call && !task->awaited &&
		       (arch_result_get(task->tid, &result) != 0 || result != -EINTR);
	return between[task->stop];
}

bool leave_detached(struct tracer *tracer, struct task *task, int sig)
{
	if (!may_go(task)) {
		/* Any stop uses up an interruption that was asked for before it
		 * (kernel/signal.c ptrace_stop): asked again, it follows this one. */
		if (task->awaited)
			(void)ptrace(PTRACE_INTERRUPT, task->tid, 0L, 0L);
		return false;
	}
	/* One that is let go before the others of its process can be woken by a signal
	 * that is kept for them. */
	if (task->repair.signalled && !task_is_last(&tracer->tasks, task) &&
	    ticks - begun <= STAND_TICKS_MAX) {
		task->repair.stands = true;
		task->repair.last_signal = sig;
	} else {
		let_go(tracer, task, sig);
	}
	return true;
}
