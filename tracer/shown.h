/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/shown.h - the text of a call, made at its stops, for --format strace
 *
 * MUST show the bytes that were judged, whatever the program's memory holds by then.
 */
#ifndef NETJAIL_TRACER_SHOWN_H
#define NETJAIL_TRACER_SHOWN_H

#include <stddef.h>
#include <stdint.h>

struct call;
struct event;
struct task;
struct tracer;

/* All do nothing unless the run shows calls (run_config.shows). */

/* The call stands at its entry. */
void shown_begin(struct call *call);
/* These bytes of the program were copied and judged. */
void shown_judged(struct call *call, uint64_t at, const void *bytes, size_t len);
/* An event of the call the task is in was told. */
void shown_told(struct task *task, const struct event *event);
/* The call has ended, or was interrupted, with that result. */
void shown_end(struct tracer *tracer, struct task *task, int64_t result);
void shown_free(struct task *task);

#endif
