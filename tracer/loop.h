/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/loop.h - waits for the traced tasks and answers each stop, until none is left
 */
#ifndef NETJAIL_TRACER_LOOP_H
#define NETJAIL_TRACER_LOOP_H

#include <stdbool.h>

struct task;
struct tracer;

/* Returns when the last traced task has ended; tracer->status is how the first one
 * did. In attach mode also when netjail has left all that it may disturb: those that
 * sleep in calls of their own are let go by the end of this thread. */
void loop_run(struct tracer *tracer);

/* Answers what has stopped by now. False when nothing has. */
bool loop_look(struct tracer *tracer);

/* Answers one status of waitpid(2). */
void loop_answer(struct tracer *tracer, struct task *task, int status);

#endif
