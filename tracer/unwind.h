/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/unwind.h - the call stack of a stopped task
 */
#ifndef NETJAIL_TRACER_UNWIND_H
#define NETJAIL_TRACER_UNWIND_H

#include "audit/stack.h"
#include "base/cleanup.h"

struct unwinder;

must_check struct unwinder *unwinder_new(void);
void unwinder_free(struct unwinder *unwinder); /* accepts NULL */

/* The stack of a task that stands at a stop of ours; `pid` is its process. NULL when
 * there is none to be had (a 32-bit task). Valid until the next call. */
const struct stack *unwind(struct unwinder *unwinder, pid_t pid, pid_t tid);

/* What is known of a process is out of date: it executes something else, or is gone. */
void unwind_forget(struct unwinder *unwinder, pid_t pid);

#endif
