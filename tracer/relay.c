/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/relay.c - hands signals that were sent to netjail on to the program, each once
 */
#include "tracer/relay.h"

#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <sys/ptrace.h>
#include <sys/wait.h>

#include "base/cleanup.h"
#include "base/monotonic.h"
#include "tracer/bell.h"
#include "tracer/front_shared.h"
#include "tracer/proc.h"

#define SIGNALS 65
/* The program may get its own copy so much earlier than the front reads the other. */
#define SAME_NS 500000000
/* A program that never sleeps gets a copy so much later: see may_be_on_its_way. */
#define UNSURE_NS 200000000
/* A copy waits no longer for the loop when the bell has been heard so often, and for so
 * long. By time alone, a tracer that only had no processor would be taken for stuck. */
#define LATE_NS    200000000
#define LATE_BELLS 8

static struct front_shared *shared;
static volatile sig_atomic_t program_pid, delivering;

static volatile sig_atomic_t rang, took_hangup, keeps_hangup;

/* How often the bell was heard since the loop came by, and when first. */
static volatile sig_atomic_t bells;
static int64_t bell_ns;

/* The program's own copies of each signal, from the one who sent the last: those that
 * have come and that the front has not told of yet, and whether one will come that it has
 * told of. */
static struct seen {
	pid_t sender;
	unsigned come;
	bool expected;
	int64_t at_ns;
} seen[SIGNALS];

/* The next copy that waits, or NULL. */
static const struct front_copy *next_copy(void)
{
	unsigned settled = atomic_load(&shared->settled);

	return settled == atomic_load(&shared->asked)
		       ? NULL
		       : &shared->copies[settled % FRONT_COPIES];
}

/* SIGHUP from the kernel has no sender. */
static bool keeps(const struct front_copy *copy)
{
	return keeps_hangup && copy->sig == SIGHUP && copy->sender;
}

static void settle(const struct front_copy *copy, bool give)
{
	if (give && keeps(copy)) {
		took_hangup = 1;
		give = false;
	}
	if (give && program_pid > 0)
		kill((pid_t)program_pid, copy->sig);
	atomic_fetch_add(&shared->settled, 1);
}

/* Runs in the tracer as a signal handler; every signal is blocked meanwhile. */
static void on_bell(int sig)
{
	int saved = errno;
	int64_t now = monotonic_ns();
	const struct front_copy *copy;
	bool late;

	(void)sig;
	rang = 1;
	atomic_store(&shared->answered, atomic_load(&shared->asked));
	if (next_copy() && bells++ == 0)
		bell_ns = now;
	late = !delivering && bells >= LATE_BELLS && now - bell_ns > LATE_NS;
	while (late && (copy = next_copy()) != NULL)
		settle(copy, true);
	errno = saved;
}

/* A signal that somebody sent to the tracer itself. */
static void hand_on(int sig)
{
	int saved = errno;

	if (program_pid > 0)
		kill((pid_t)program_pid, sig);
	errno = saved;
}

void relay_start(struct front_shared *front, pid_t program)
{
	/* The bell is without SA_RESTART: waitpid(2) is to return. */
	struct sigaction bell = {.sa_handler = on_bell};
	struct sigaction other = {.sa_handler = hand_on, .sa_flags = SA_RESTART};

	shared = front;
	program_pid = program;
	sigfillset(&bell.sa_mask);
	sigfillset(&other.sa_mask);
	for (int sig = 1; sig <= SIGRTMAX; sig++)
		if (front_forwards(sig))
			sigaction(sig, sig == FRONT_BELL ? &bell : &other, NULL);
	bell_listen(hand_on);
}

void relay_end(void)
{
	program_pid = 0;
}

/* What is known of a signal and its sender, as long as it is worth anything. */
static struct seen *seen_of(int sig, pid_t sender, int64_t now)
{
	struct seen *known = &seen[sig];

	if (known->sender != sender || now - known->at_ns >= SAME_NS)
		*known = (struct seen){.sender = sender};
	known->at_ns = now;
	return known;
}

void relay_saw(int sig, pid_t sender)
{
	struct seen *known;

	if (sig < 1 || sig >= SIGNALS)
		return;
	known = seen_of(sig, sender, monotonic_ns());
	if (known->expected)
		known->expected = false;
	else
		known->come++;
}

void relay_keep_hangup(void)
{
	keeps_hangup = 1;
}

bool relay_took_hangup(void)
{
	bool took = took_hangup;

	took_hangup = 0;
	return took;
}

bool relay_rang(void)
{
	bool heard = rang;

	rang = 0;
	return heard;
}

bool relay_waits(void)
{
	return next_copy() != NULL;
}

/* A thread of the program stands before the delivery of that very signal, and the loop
 * has not yet been told. */
static bool is_being_given(const struct task_table *tasks, const struct front_copy *copy)
{
	struct task *task, *next;
	siginfo_t stop = {0}, info;

	HASH_ITER(hh, tasks->head, task, next)
	{
		if (task_pid(task) != program_pid)
			continue;
		stop.si_pid = 0;
		if (waitid(P_PID, (id_t)task->tid, &stop,
			   WSTOPPED | WNOHANG | WNOWAIT | __WALL) == 0 &&
		    stop.si_pid == task->tid && stop.si_status == copy->sig &&
		    ptrace(PTRACE_GETSIGINFO, task->tid, 0L, &info) == 0 &&
		    info.si_signo == copy->sig && info.si_pid == copy->sender)
			return true;
	}
	return false;
}

/* A signal that a thread has taken is not pending any more, and the thread runs until it
 * stops for the delivery; one that does not run holds none. */
static bool may_be_on_its_way(const struct task_table *tasks)
{
	struct task *task, *next;

	HASH_ITER(hh, tasks->head, task, next)
	{
		if (task_pid(task) == program_pid && proc_task(task->tid).state == 'R')
			return true;
	}
	return false;
}

/* Whether the program has got its own copy: `*ret_unsure` when that cannot be told
 * yet. */
static bool has_got_it(const struct task_table *tasks, const struct front_copy *copy,
		       bool *ret_unsure)
{
	/* Asked in this order: what leaves a state meanwhile is found in the next. */
	bool pending = proc_is_pending((pid_t)program_pid, copy->sig);
	bool young = monotonic_ns() - copy->at_ns < UNSURE_NS;
	struct seen *known = seen_of(copy->sig, copy->sender, copy->at_ns);

	*ret_unsure = young && may_be_on_its_way(tasks);
	if (known->come) {
		known->come--;
		return true;
	}
	if (pending || is_being_given(tasks, copy)) {
		known->expected = true;
		return true;
	}
	/* One that goes on already needs no SIGCONT. */
	return copy->sig == SIGCONT && !atomic_load(&shared->stop_signal);
}

void relay_deliver(const struct task_table *tasks)
{
	const struct front_copy *copy;

	delivering = 1;
	while ((copy = next_copy()) != NULL) {
		bool unsure = false;
		bool give = program_pid > 0 && !has_got_it(tasks, copy, &unsure);

		if (give && unsure)
			break; /* the front reminds of it soon */
		settle(copy, give);
	}
	bells = 0;
	delivering = 0;
}
