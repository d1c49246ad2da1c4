/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/summary.h - the table of destinations at the end of a run
 */
#ifndef NETJAIL_AUDIT_SUMMARY_H
#define NETJAIL_AUDIT_SUMMARY_H

#include "audit/sink.h"

extern const struct sink_ops summary_sink;

/* The state for summary_sink, which writes to `fd` (not closed) when the run ends. */
must_check void *summary_new(int fd);

#endif
