/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/life.h - what only a log wants to know: processes, sockets, times, begin and end
 *
 * Every function but those of a call that is left does nothing when no sink is a log
 * (tracer->who is NULL): a run without one pays a test of a pointer.
 */
#ifndef NETJAIL_TRACER_LIFE_H
#define NETJAIL_TRACER_LIFE_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/cleanup.h"

struct call;
struct event;
struct front_status;
struct task;
struct tracer;

/* The run begins and ends. False when the first line cannot be written: then nothing may
 * run. */
must_check bool life_begin(struct tracer *tracer);
/* Other rules are in force. */
void life_rules(struct tracer *tracer);
void life_end(struct tracer *tracer);
void life_done(struct tracer *tracer);

/* A task was made, executes something else, is gone. */
void life_forked(struct tracer *tracer, struct task *child, struct task *maker);
/* A process that ran already is under trace. */
void life_attached(struct tracer *tracer, pid_t pid);
void life_execed(struct tracer *tracer, struct task *task);
void life_ended(struct tracer *tracer, struct task *task,
		const struct front_status *status);

/* The same for a task that is let go while it exits. */
void life_exiting(struct tracer *tracer, struct task *task);

/* A call stops: from here its duration counts. */
void life_call_begins(const struct tracer *tracer, struct event *event);
/* It has been judged and may take effect: false, with event.reason set, when its line
 * could not be written and it must not. */
bool life_announce(struct call *call);
/* It has ended, with a line. */
void life_call_ended(struct task *task);
/* Attach mode: it may not end before netjail leaves; and netjail has left, and what the
 * task was in the middle of is told. Without a log, too. */
void life_call_waits(struct call *call);
void life_left(struct tracer *tracer, struct task *task);
/* The socket's own end and identity; nothing rests on them. */
void life_note_socket(const struct tracer *tracer, struct event *event, int sock);
/* accept(2) gave the program the descriptor `fd`. */
void life_accepted(struct tracer *tracer, struct task *task, struct event *event, int fd);
/* An event is about to be told: fills in the process and how long it took. */
void life_fill(struct tracer *tracer, struct event *event);

#endif
