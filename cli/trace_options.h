/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * cli/trace_options.h - the command line of netjail trace
 */
#ifndef NETJAIL_CLI_TRACE_OPTIONS_H
#define NETJAIL_CLI_TRACE_OPTIONS_H

#include <stdbool.h>
#include <sys/types.h>

#include "cli/log_options.h"
#include "cli/policy.h"
#include "tracer/tracer.h"

enum color_when { COLOR_AUTO = 0, COLOR_ALWAYS, COLOR_NEVER };

struct trace_options {
	struct policy policy;
	const char *output, *ask_with, *save;
	bool allow_io_uring;
	bool watch, all, clock, summary, help, dry_run, kill, strict;
	unsigned quiet;
	enum color_when color;
	pid_t *pids;
	struct attach_config attach;
	struct log_options log;
};

/* Fills *options, which is zeroed, and returns the index of the program in argv. Exits
 * with one line when an option is wrong. */
must_check int trace_options_parse(char *const *argv, struct trace_options *options);

/* Prints the help; returns the exit status. */
int trace_options_help(void);

#endif
