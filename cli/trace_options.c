/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * cli/trace_options.c - the command line of netjail trace
 */
#include "cli/trace_options.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "cli/options.h"

static bool set_rule(void *target, const char *arg)
{
	return policy_add_rule(&((struct trace_options *)target)->policy, arg);
}

static bool set_file(void *target, const char *arg)
{
	return policy_add_file(&((struct trace_options *)target)->policy, arg);
}

static bool set_output(void *target, const char *arg)
{
	((struct trace_options *)target)->output = arg;
	return *arg;
}

static bool set_all(void *target, const char *arg)
{
	((struct trace_options *)target)->all = true;
	return !arg;
}

/* The only door that can be opened so far. */
static bool set_allow(void *target, const char *arg)
{
	((struct trace_options *)target)->allow_io_uring = true;
	return strcmp(arg, "io_uring") == 0;
}

static bool set_summary(void *target, const char *arg)
{
	((struct trace_options *)target)->summary = true;
	return !arg;
}

static bool set_clock(void *target, const char *arg)
{
	((struct trace_options *)target)->clock = true;
	return !arg;
}

static bool set_quiet(void *target, const char *arg)
{
	((struct trace_options *)target)->quiet++;
	return !arg;
}

static bool set_dry_run(void *target, const char *arg)
{
	((struct trace_options *)target)->dry_run = true;
	return !arg;
}

static bool set_kill(void *target, const char *arg)
{
	((struct trace_options *)target)->kill = true;
	return !arg;
}

static bool set_strict(void *target, const char *arg)
{
	((struct trace_options *)target)->strict = true;
	return !arg;
}

static bool set_ask_with(void *target, const char *arg)
{
	((struct trace_options *)target)->ask_with = arg;
	return *arg;
}

static bool set_save(void *target, const char *arg)
{
	((struct trace_options *)target)->save = arg;
	return *arg;
}

static bool set_watch(void *target, const char *arg)
{
	((struct trace_options *)target)->watch = true;
	return !arg;
}

static bool set_log(void *target, const char *arg)
{
	((struct trace_options *)target)->log.path = arg;
	return *arg;
}

static bool set_report(void *target, const char *arg)
{
	((struct trace_options *)target)->log.report = arg;
	return *arg;
}

static bool set_stacks(void *target, const char *arg)
{
	return log_options_set_stacks(&((struct trace_options *)target)->log, arg);
}

static bool set_log_full(void *target, const char *arg)
{
	return log_options_set_full(&((struct trace_options *)target)->log, arg);
}

static bool set_format(void *target, const char *arg)
{
	return log_options_set_format(&((struct trace_options *)target)->log, arg);
}

static bool set_help(void *target, const char *arg)
{
	((struct trace_options *)target)->help = true;
	return !arg;
}

/* "1", "1,2", "1 2": what pidof(1) prints is a list too. */
static bool set_pids(void *target, const char *arg)
{
	struct trace_options *options = target;
	const char *separators = ", \t\n";

	arg += strspn(arg, separators);
	if (!*arg)
		return false;
	while (*arg) {
		char *end;
		long pid = strtol(arg, &end, 10);

		if (end == arg || pid < 1 || pid > INT_MAX ||
		    (*end && !strchr(separators, *end)))
			return false;
		options->pids = xreallocarray(options->pids, options->attach.count + 1,
					      sizeof(*options->pids));
		options->pids[options->attach.count++] = (pid_t)pid;
		arg = end + strspn(end, separators);
	}
	return true;
}

static bool set_no_children(void *target, const char *arg)
{
	((struct trace_options *)target)->attach.no_children = true;
	return !arg;
}

static bool set_cut(void *target, const char *arg)
{
	((struct trace_options *)target)->attach.cut = true;
	return !arg;
}

static bool set_kill_on_exit(void *target, const char *arg)
{
	((struct trace_options *)target)->attach.kill_on_exit = true;
	return !arg;
}

/* A thousand years: more than any machine runs, and any timer takes (getitimer(2)). */
#define FOR_MAX_MS (365e3 * 86400e3)

/* "90", "1.5s", "10m", "2h", "1d": as sleep(1) has it, and milliseconds. */
static bool set_for(void *target, const char *arg)
{
	static const struct {
		const char *unit;
		double ms;
	} units[] = {{"", 1e3},   {"s", 1e3},    {"ms", 1},
		     {"m", 60e3}, {"h", 3600e3}, {"d", 86400e3}};
	char *end;
	double value = strtod(arg, &end);

	for (size_t i = 0; end != arg && i < ARRAY_LEN(units); i++) {
		double ms = value * units[i].ms;

		if (strcmp(end, units[i].unit) != 0 || !(ms >= 1 && ms <= FOR_MAX_MS))
			continue;
		((struct trace_options *)target)->attach.for_ms = (uint64_t)ms;
		return true;
	}
	return false;
}

static bool set_color(void *target, const char *arg)
{
	static const char *const words[] = {"auto", "always", "never"};
	struct trace_options *options = target;

	for (unsigned i = 0; i < ARRAY_LEN(words); i++) {
		if (strcmp(arg, words[i]) == 0) {
			options->color = (enum color_when)i;
			return true;
		}
	}
	return false;
}

static const struct option_row rows[] = {
	{'r', "rule", "RULE", "a rule, read before the files; may be repeated", set_rule},
	{0, "rules", "FILE", "a file of rules; may be repeated", set_file},
	{'o', "output", "FILE", "the trace goes there instead of standard error",
	 set_output},
	{'p', "attach", "PID", "watch a running program; a list, may be repeated",
	 set_pids},
	{0, "no-children", NULL, "with -p: not what it has started or will start",
	 set_no_children},
	{0, "cut", NULL, "with -p: shut down open connections that the rules refuse",
	 set_cut},
	{0, "for", "DURATION", "with -p: leave after that time: 90, 1.5s, 10m, 2h",
	 set_for},
	{0, "kill-on-exit", NULL, "with -p: end the programs when netjail ends",
	 set_kill_on_exit},
	{0, "format", "text|json|strace",
	 "how the trace is written; json: as the log; strace: as strace does",
	 set_format},
	{0, "log", "FILE", "also append a log for machines, one JSON object a line",
	 set_log},
	{0, "report", "FILE", "write an audit report, an HTML page, at the end",
	 set_report},
	{0, "log-full", "stop|continue",
	 "when the log cannot be written: refuse calls (default), or go on",
	 set_log_full},
	{0, "stack", "denied|all|none",
	 "whose call stacks are in the log (default denied)", set_stacks},
	{'a', "all", NULL, "also show calls that name no destination", set_all},
	{0, "allow", "io_uring", "let io_uring be used; its network calls are not seen",
	 set_allow},
	{0, "ask-with", "COMMAND", "asks what 'ask' wants to know; else the terminal",
	 set_ask_with},
	{0, "save", "FILE", "where answers that are to hold always are added", set_save},
	{0, "watch", NULL, "load the rules again when a file of them changes", set_watch},
	{0, "dry-run", NULL, "decide and tell, let everything pass", set_dry_run},
	{0, "kill", NULL, "kill the process group that is refused", set_kill},
	{0, "strict", NULL, "exit status 123 when anything was refused, instead of 0",
	 set_strict},
	{0, "summary", NULL, "a table of destinations at the end", set_summary},
	{'t', "time", NULL, "the time of day before each line", set_clock},
	{'q', "quiet", NULL, "no line about the policy; twice: only what was refused",
	 set_quiet},
	{0, "color", "auto|always|never", "colours; auto: on a terminal without NO_COLOR",
	 set_color},
	{'h', "help", NULL, "this text", set_help},
};

int trace_options_parse(char *const *argv, struct trace_options *options)
{
	return options_parse(rows, ARRAY_LEN(rows), argv, options);
}

int trace_options_help(void)
{
	puts("usage: netjail trace [OPTION...] [--] PROGRAM [ARG...]\n"
	     "       netjail trace [OPTION...] -p PID[,PID...]\n\n"
	     "Runs PROGRAM or watches what runs already, shows every network call that\n"
	     "names a destination, and refuses with ECONNREFUSED what the rules "
	     "forbid.\n");
	options_help(rows, ARRAY_LEN(rows));
	puts("\nExit status: the program's own; 123 see --strict, 125 netjail failed,\n"
	     "126 not executable, 127 not found.");
	return 0;
}
