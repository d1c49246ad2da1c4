/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/act.h - what becomes of a judged call whose verdict is not a plain allow or
 * refuse
 *
 * A call that has to wait (a delay, a question) is made to sleep in the program, and then
 * made again by it: the task remembers what was decided about it (struct held), so that
 * it is neither counted nor asked about twice. Only its own thread waits.
 */
#ifndef NETJAIL_TRACER_ACT_H
#define NETJAIL_TRACER_ACT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/cleanup.h"
#include "tracer/request.h"

struct call;
struct task;
struct tracer;

/* Carries the decision in call->event out as far as it is about where the call goes: may
 * rewrite `dest`, or set call->hold_ms. True when the call may be made with `dest`. */
must_check bool act_on(struct call *call, enum request_kind kind, int sock,
		       struct destination *dest);

/* The errno of a call that may not be made; `otherwise` is what a refusal gets. */
must_check int act_errno(const struct call *call, int otherwise);

/* True when a send may not be made but counts as made: nobody ever answers it. */
must_check bool act_swallows(const struct call *call);

/* Something was refused: kept for --strict, and with --kill the end of its group. */
void act_refused(struct tracer *tracer, const struct task *task);

/* Forgets what was decided about the call that the task has made. */
void act_forget(struct task *task);

/* One verb each. */
must_check bool act_delay(struct call *call);
must_check bool act_timeout(struct call *call, enum request_kind kind, int sock,
			    struct destination *dest);
must_check bool act_redirect(struct call *call, int sock, struct destination *dest);
must_check bool act_ask(struct call *call);

#endif
