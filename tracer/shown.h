/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/shown.h - the lines of --format strace: the text of a call, made at its stops,
 * and those of signals and ends
 *
 * With --all, when it is known of each call at its entry that it will be told, a call
 * during which something else is told is parted in two lines, as strace does.
 *
 * MUST show the bytes that were judged, whatever the program's memory holds by then.
 */
#ifndef NETJAIL_TRACER_SHOWN_H
#define NETJAIL_TRACER_SHOWN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/cleanup.h"

struct call;
struct event;
struct front_status;
struct task;
struct tracer;

/* All do nothing unless the run shows calls (run_config.shows). */

/* The call stands at its entry. */
void shown_begin(struct call *call);
/* These bytes of the program were copied and judged. */
void shown_judged(struct call *call, uint64_t at, const void *bytes, size_t len);
/* An event of the call the task is in was told. */
void shown_told(struct task *task, const struct event *event);
/* netjail makes the program make the call again: it goes on. */
void shown_again(struct task *task);
/* The call has ended, or was interrupted, with that result. */
void shown_end(struct tracer *tracer, struct task *task, int64_t result);
/* The end of a call of which no event is told is to be shown. */
must_check bool shown_is_wanted(const struct tracer *tracer, const struct task *task);

/* The call has no end: the task dies in it, or its program is another now. */
void shown_abandon(struct tracer *tracer, struct task *task);
/* Attach mode: it has no end here, as netjail has left. */
void shown_left(struct tracer *tracer, struct task *task);

/* tracer/shown_line.c */

/* A line that is no call. */
void shown_tell_line(struct tracer *tracer, pid_t tid, const char *text);
/* A signal is about to be delivered; one has stopped the process. */
void shown_signal(struct tracer *tracer, struct task *task);
void shown_stopped(struct tracer *tracer, struct task *task, int sig);
/* The task stands at its last stop: it dies, in a call or not. Once a task. */
void shown_exiting(struct tracer *tracer, struct task *task);
/* It is dead, and had perhaps no such stop. */
void shown_gone(struct tracer *tracer, struct task *task,
		const struct front_status *status);
/* The thread `former` has executed and goes on as the leader of its process. */
void shown_superseded(struct tracer *tracer, struct task *task, pid_t former);
void shown_free(struct task *task);

#endif
