/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/self.h - calls aimed at netjail's own processes
 */
#ifndef NETJAIL_TRACER_SELF_H
#define NETJAIL_TRACER_SELF_H

#include <stdbool.h>
#include <stdint.h>

#include "base/cleanup.h"

struct call;

/* True for one of netjail's own processes. */
must_check bool self_is(const struct call *call, int32_t pid);

/* Ends the call with EPERM, told as aimed at netjail. */
void self_refuse(struct call *call);

/* An ioctl(2) that says who gets a descriptor's signals: ends the call or lets it pass,
 * and says true. False for any other. */
must_check bool self_enter_owner(struct call *call);

/* True when another task may exchange what a descriptor of the call's is. */
must_check bool self_may_race(const struct call *call);

/* Ends a pidfd_send_signal(2) of the judged descriptor, ours, that names `pid`: netjail
 * sends the signal. */
void self_send_signal(struct call *call, int fd, int32_t pid);

#endif
