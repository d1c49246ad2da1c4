/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/front.h - the process that the shell knows, standing before the tracer
 *
 * Theory of operation
 *   Problem:    when the program is stopped by job control, the shell must see netjail
 *               stop; but a stopped tracer cannot let the program go on when somebody
 *               continues only it.
 *   Mechanism:  the front process forks the tracer and does what the program does: it
 *               stops when the program is stopped, goes on when it goes on, and ends as
 *               it ended. The tracer lives in a process group of its own, where no
 *               terminal signal reaches it.
 *   Rejected:   one process that stops itself: `kill -STOP`, `kill -CONT` of the program
 *               alone then hangs both.
 *   Invariants: the tracer MUST die when the front is killed (PR_SET_PDEATHSIG), and the
 *               programs with it (PTRACE_O_EXITKILL). The front MUST NOT hold the
 *               program's standard input or output open.
 */
#ifndef NETJAIL_TRACER_FRONT_H
#define NETJAIL_TRACER_FRONT_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/cleanup.h"

struct front_shared;

/* The tracer's side. */
struct front_link {
	struct front_shared *shared;
	int report_fd;
	pid_t front; /* the front process */
};

/* How the run ended. */
struct front_status {
	bool by_signal;
	int value; /* exit status or signal number */
};

/* Forks; runs `tracer(context, link)` in the child, whose result is how the run ended;
 * ends this process the same way. Never returns. */
_Noreturn void front_run(struct front_status (*tracer)(void *context,
						       struct front_link *link),
			 void *context);

/* For the tracer, right after it has forked the program: leaves the process group and
 * takes the signals meant for netjail (tracer/relay). */
void front_detach(struct front_link *link, pid_t program);

/* For the tracer: the program has been stopped by `sig`, goes on, or is gone. */
void front_stopped(struct front_link *link, int sig);
void front_continued(struct front_link *link);
void front_gone(struct front_link *link);

#endif
