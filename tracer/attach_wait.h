/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/attach_wait.h - what seized tasks report until all of them stand
 */
#ifndef NETJAIL_TRACER_ATTACH_WAIT_H
#define NETJAIL_TRACER_ATTACH_WAIT_H

#include "base/cleanup.h"

struct tracer;

/* Takes what there is: a task that stands is held there, to be answered later; one that
 * ends is let go. */
void attach_take_reports(struct tracer *tracer);

/* Waits until all stand, but for those that cannot be stopped. 0, or -EINTR when netjail
 * has been asked to leave. Whatever is no longer under trace is out of the table. */
must_check int attach_wait_for_stops(struct tracer *tracer);

#endif
