/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/overdue.h - ends a call that netjail makes again when its time limit is over
 *
 * The kernel counts the limit of a socket anew each time. What ends the call is an
 * interruption by netjail, which tracer/eintr does not repair any more.
 */
#ifndef NETJAIL_TRACER_OVERDUE_H
#define NETJAIL_TRACER_OVERDUE_H

#include <stdbool.h>

#include "base/cleanup.h"

struct task;
struct tracer;

/* Before a task goes on. */
void overdue_watch(struct task *task);

/* Each time that the tracer wakes: interrupts the calls whose limit is over. */
void overdue_look(struct tracer *tracer);

/* True when its call has been interrupted and is not to be made again. */
must_check bool overdue_is(const struct task *task);

#endif
