/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/bell.h - ends a wait of netjail's own in a call that must not wait
 *
 * A socket that says it is non-blocking may be made blocking by another thread before
 * netjail's call on it. The whole tree would then wait for that one call.
 */
#ifndef NETJAIL_TRACER_BELL_H
#define NETJAIL_TRACER_BELL_H

#include <signal.h>

/* The timer's own: a real-time signal is queued, so that one which somebody sends is not
 * lost beside it (signal(7)). */
#define BELL_SIGNAL SIGRTMAX

/* Once, where tracer/relay listens to nothing: attach mode. */
void bell_listen(void);
/* What a handler of BELL_SIGNAL does with SI_TIMER; it restarts nothing. */
void bell_rang(void);
/* Within a millisecond, and every millisecond then: what waits ends with EINTR. Without a
 * timer (timer_create(2) failed) nothing is rung. */
void bell_start(void);
/* No wait of ours any more. errno stays as it is. */
void bell_stop(void);
/* The timer rings no more. */
void bell_end(void);

#endif
