/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/policy.h - the policy of a run in a few words, and what it takes to enforce it
 */
#ifndef NETJAIL_TRACER_POLICY_H
#define NETJAIL_TRACER_POLICY_H

#include "base/buf.h"
#include "tracer/filter.h"

struct run_config;

/* "2 rules, default allow ..." */
void policy_put(struct buf *buf, const struct run_config *config);

/* What has to stop, or to be looked at, under these rules; `front`: see tracer/front. */
must_check struct filter_options policy_options(const struct run_config *config,
						pid_t front);

/* Each connection that is waited for holds a descriptor of ours. */
void policy_raise_descriptor_limit(void);

#endif
