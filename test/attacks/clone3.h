/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/clone3.h - a child without a tracer, won by a race, led by its parent
 */
#ifndef NETJAIL_TEST_CLONE3_H
#define NETJAIL_TEST_CLONE3_H

#include <linux/sched.h>
#include <stdbool.h>
#include <sys/ptrace.h>

#include "attack.h"

/* Continues the child from stop to stop, past those that its filter makes. */
static inline void clone3_lead(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, __WALL) == pid && WIFSTOPPED(status))
		ptrace(PTRACE_CONT, pid, 0, 0);
}

/* So many children by clone3(2), whose flags a second thread changes; each one that has no
 * tracer is led through its connect. `asks`: the child itself asks to be traced. */
static inline int clone3_race(const struct attack *a, bool asks)
{
	struct clone_args args = {.exit_signal = SIGCHLD};
	volatile int *go = shared_pages(4096);
	uint64_t watched = 0, untraced = CLONE_UNTRACED;
	struct tally t = {0};
	struct flipper f;

	flip_start(&f, &args.flags, &watched, &untraced, sizeof(watched));
	for (int i = 0; i < a->tries; i++) {
		long pid;

		*go = 0;
		pid = syscall(SYS_clone3, &args, sizeof(args));
		if (pid == 0) {
			if (asks && ptrace(PTRACE_TRACEME, 0, 0, 0) < 0)
				_exit(1);
			while (!asks && !*go)
				sched_yield();
			raise(asks ? SIGSTOP : 0);
			_exit(*go > 1 || visit_once(&a->denied) < 0);
		}
		tally_add(&t, pid);
		if (pid < 0)
			continue;
		if (asks && waitpid((pid_t)pid, NULL, __WALL) == pid)
			ptrace(PTRACE_SETOPTIONS, pid, 0, PTRACE_O_TRACESECCOMP);
		if (!asks)
			*go = 1 + (ptrace(PTRACE_SEIZE, (pid_t)pid, 0,
					  PTRACE_O_TRACESECCOMP) < 0);
		else
			ptrace(PTRACE_CONT, pid, 0, 0);
		clone3_lead((pid_t)pid);
	}
	flip_end(&f);
	return tally_end(&t);
}

#endif
