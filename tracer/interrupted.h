/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/interrupted.h - a call that was interrupted is told once, when it is known how
 * it ended
 *
 * The kernel makes it again (-ERESTART*), or netjail does (-EINTR, tracer/eintr), or the
 * program sees EINTR.
 */
#ifndef NETJAIL_TRACER_INTERRUPTED_H
#define NETJAIL_TRACER_INTERRUPTED_H

#include <stdbool.h>
#include <stdint.h>

#include "arch/arch.h"
#include "audit/event.h"

struct task;
struct tracer;

struct interrupted {
	bool set, by_leave; /* netjail leaves: it goes on alone */
	struct arch_call call;
	struct event event;
	int64_t result; /* -ERESTART*, -EINTR, or what a limit that is over says */
	/* of the first of these calls, until one begins that is not made again */
	int64_t begun_ms; /* CLOCK_MONOTONIC */
	int first_errno;  /* as in struct pending */
};

/* True for a result that says so. */
must_check bool interrupted_is(int64_t result);

/* At the exit stop of the call in progress, task->pending. */
void interrupted_begin(const struct tracer *tracer, struct task *task, int64_t result);

/* The task makes that call: tells the one before, unless it is the same made again. */
void interrupted_call(struct tracer *tracer, struct task *task,
		      const struct arch_call *call);

/* The time limit of a call that would have been made again is over: it says that. */
void interrupted_expired(struct task *task, int64_t result);

/* When it began: CLOCK_MONOTONIC in nanoseconds. 0 unless netjail makes it again. */
must_check int64_t interrupted_since(const struct task *task);

/* After tracer/eintr has looked at a stop: tells what is not made again. One that is no
 * signal's may come before the signal's. */
void interrupted_looked(struct tracer *tracer, struct task *task, bool signalled);

/* Tells it: nothing makes it again. */
void interrupted_tell(struct tracer *tracer, struct task *task);

#endif
