/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * cli/log_options.h - the options of netjail trace that are about the log
 */
#ifndef NETJAIL_CLI_LOG_OPTIONS_H
#define NETJAIL_CLI_LOG_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "audit/ecs.h"
#include "audit/ndjson.h"

struct hub;
struct ruleset;
struct run_config;

enum trace_format { FORMAT_TEXT = 0, FORMAT_JSON, FORMAT_STRACE };

struct log_options {
	const char *path;   /* --log */
	const char *report; /* --report */
	enum log_full full; /* --log-full */
	enum trace_format format;
	int stacks; /* --stack: enum stacks */
	struct ecs_run run;
	int fd;        /* the log: the file, or one without a name for the report */
	off_t fd_from; /* where this run begins in it */
};

bool log_options_set_full(struct log_options *options, const char *arg);
bool log_options_set_stacks(struct log_options *options, const char *arg);
bool log_options_set_format(struct log_options *options, const char *arg);

/* True when the options ask for a log in some form. */
bool log_options_wanted(const struct log_options *options);

/* Adds the log's sinks and fills the run's facts. `trace_fd` is where the trace goes.
 * Exits with one line when the log cannot be opened. */
void log_options_apply(struct log_options *options, int trace_fd, struct hub *hub,
		       struct run_config *config);

#endif
