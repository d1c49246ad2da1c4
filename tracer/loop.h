/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/loop.h - waits for the traced tasks and answers each stop, until none is left
 */
#ifndef NETJAIL_TRACER_LOOP_H
#define NETJAIL_TRACER_LOOP_H

struct tracer;

/* Returns when the last traced task has ended; tracer->status is how the first one
 * did. */
void loop_run(struct tracer *tracer);

#endif
