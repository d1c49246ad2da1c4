/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/launch.h - starts a program so that nothing of it runs unseen
 *
 * The child waits for a byte, is seized (which stops nothing), gets the byte, loads the
 * filter, hands its listener over and executes the program. The first event is
 * PTRACE_EVENT_EXEC.
 */
#ifndef NETJAIL_TRACER_LAUNCH_H
#define NETJAIL_TRACER_LAUNCH_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/cleanup.h"

struct filter;

struct launch {
	char *const *argv;
	const struct filter *filter;
	bool confine; /* see tracer/confine */
};

struct launched {
	pid_t pid;
	int status_fd; /* reads launch_report, or end of file once the program runs */
	/* Of our filter: held open and unused, so that no filter of the program's own can
	 * answer calls in our place (its SECCOMP_FILTER_FLAG_NEW_LISTENER gets EBUSY); -1
	 * when a filter above us holds one already. */
	int listener;
	bool confined;     /* processes outside are out of its reach */
	bool no_new_privs; /* set-uid programs run without their rights */
};

/* Forks and starts it, seized by the calling thread. 0, or -errno with one line
 * printed. */
must_check int launch_program(const struct launch *launch, struct launched *ret_launched);

/* After the child has exited without an exec: the errno of execvp(3), or 0 when it did
 * not come to that. Closes status_fd. */
must_check int launch_exec_errno(struct launched *launched);

#endif
