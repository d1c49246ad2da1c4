/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/ndjson.h - the log: a line of JSON an event
 */
#ifndef NETJAIL_AUDIT_NDJSON_H
#define NETJAIL_AUDIT_NDJSON_H

#include "audit/ecs.h"
#include "audit/sink.h"

/* What happens to calls whose line cannot be written. */
enum log_full {
	LOG_FULL_STOP = 0, /* they are refused */
	LOG_FULL_CONTINUE, /* they go on; how many were lost is told */
	LOG_FULL_NUM_
};

extern const struct sink_ops ndjson_sink;

/* The state for ndjson_sink, which writes to `fd` (not closed). The run's facts are
 * copied. */
must_check void *ndjson_new(int fd, const struct ecs_run *run, enum log_full full);

#endif
