/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/front_shared.h - what the front and the tracer share: one page of memory
 */
#ifndef NETJAIL_TRACER_FRONT_SHARED_H
#define NETJAIL_TRACER_FRONT_SHARED_H

#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#define FRONT_COPIES 32 /* a power of two */

/* A signal that the front has read and that may be meant for the program. */
struct front_copy {
	int sig;
	pid_t sender;
	int64_t at_ns; /* CLOCK_MONOTONIC */
};

/* `stop_signal` is what the program is stopped by, 0 while it runs: the front looks at
 * it with its own stop signal pending and blocked, and the tracer clears it before it
 * sends SIGCONT (which discards a pending stop signal, signal(7)), so that no order of
 * the two leaves the front stopped beside a running program.
 * The front puts the copies numbered below `asked` in and sends FRONT_BELL; those below
 * `settled` have been handed on, or are not to be. */
struct front_shared {
	_Atomic int stop_signal;
	_Atomic unsigned asked, settled;
	_Atomic unsigned answered; /* what `asked` was when the bell was last heard */
	struct front_copy copies[FRONT_COPIES];
};

/* What wakes the tracer; its number means nothing else to it. */
#define FRONT_BELL SIGCONT

/* True for signals that somebody may send to netjail and mean the program: all but
 * those that cannot be caught, that a fault of netjail's own raises, and its own
 * SIGCHLD. */
bool front_forwards(int sig);

/* Replaces standard input and output by /dev/null: a pipe that the program reads or
 * writes must see its end when the program is gone. */
void front_let_go_of_stdio(void);

#endif
