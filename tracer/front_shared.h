/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/front_shared.h - what the front and the tracer share: one page of memory
 */
#ifndef NETJAIL_TRACER_FRONT_SHARED_H
#define NETJAIL_TRACER_FRONT_SHARED_H

#include <stdatomic.h>
#include <stdbool.h>

/* `stop_signal` is what the program is stopped by, 0 while it runs: the front looks at
 * it with its own stop signal pending and blocked, and the tracer clears it before it
 * sends SIGCONT (which discards a pending stop signal, signal(7)), so that no order of
 * the two leaves the front stopped beside a running program. */
struct front_shared {
	_Atomic int stop_signal;
	_Atomic unsigned asked;    /* signals that the front has handed to the tracer */
	_Atomic unsigned answered; /* signals that the tracer has taken */
};

/* True for signals that somebody may send to netjail and mean the program: all but
 * those that cannot be caught, that a fault of netjail's own raises, and its own
 * SIGCHLD. */
bool front_forwards(int sig);

/* Replaces standard input and output by /dev/null: a pipe that the program reads or
 * writes must see its end when the program is gone. */
void front_let_go_of_stdio(void);

#endif
