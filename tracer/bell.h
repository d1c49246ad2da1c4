/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/bell.h - ends a wait of netjail's own in a call that must not wait
 *
 * A socket that says it is non-blocking may be made blocking by another thread before
 * netjail's call on it. The whole tree would then wait for that one call.
 */
#ifndef NETJAIL_TRACER_BELL_H
#define NETJAIL_TRACER_BELL_H

#include <stdbool.h>
#include <stdint.h>

/* Once, before the first wait; without it nothing is rung. A signal of the same number
 * that somebody sends goes to `other`, in a signal handler; NULL: it is ignored. */
void bell_listen(void (*other)(int sig));
/* Within a millisecond, and every millisecond then: what waits ends with EINTR. False
 * without a timer (timer_create(2) failed), or before bell_listen: nothing is rung. */
bool bell_start(void);
/* No wait of ours any more. errno stays as it is. */
void bell_stop(void);
/* From that time on (CLOCK_MONOTONIC, nanoseconds), every 10 ms; 0: no more. */
void bell_from(int64_t ns);
/* The timers ring no more. */
void bell_end(void);

#endif
