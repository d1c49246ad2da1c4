/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/reload.h - new rules while programs run: by SIGHUP, and with --watch by a change
 *
 * Contract:  the rules change between two calls, whole or not at all. What is wrong,
 *            or needs calls to stop that the filter of this run lets through, is told and
 *            not taken: the old ones stay.
 */
#ifndef NETJAIL_TRACER_RELOAD_H
#define NETJAIL_TRACER_RELOAD_H

#include "base/cleanup.h"

struct filter_options;
struct tracer;

/* Before the program is started: `built` is what its filter stops. */
void reload_start(struct tracer *tracer, const struct filter_options *built);

/* Between two stops: loads the rules when that is wanted. */
void reload_if_wanted(struct tracer *tracer);

void reload_end(struct tracer *tracer);

#endif
