/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * cli/trace.c - netjail trace: options and rules into a run
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#include "audit/summary.h"
#include "audit/text.h"
#include "base/msg.h"
#include "base/xalloc.h"
#include "cli/commands.h"
#include "cli/log_options.h"
#include "cli/options.h"
#include "names/hosts.h"
#include "names/resolvers.h"
#include "names/table.h"
#include "rules/ruleset.h"
#include "tracer/tracer.h"

enum color_when { COLOR_AUTO = 0, COLOR_ALWAYS, COLOR_NEVER };

struct word_list {
	const char **words;
	size_t count;
};

struct trace_options {
	struct word_list rules, files;
	const char *output;
	bool allow_io_uring;
	bool all, clock, summary, help;
	unsigned quiet;
	enum color_when color;
	struct log_options log;
};

/* ---- options ---- */

static bool add_word(struct word_list *list, const char *word)
{
	list->words = xreallocarray(list->words, list->count + 1, sizeof(*list->words));
	list->words[list->count++] = word;
	return true;
}

static bool set_rule(void *target, const char *arg)
{
	return add_word(&((struct trace_options *)target)->rules, arg);
}

static bool set_file(void *target, const char *arg)
{
	return add_word(&((struct trace_options *)target)->files, arg);
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
	{0, "format", "text|json", "how the trace is written; json: as the log",
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
	{0, "summary", NULL, "a table of destinations at the end", set_summary},
	{'t', "time", NULL, "the time of day before each line", set_clock},
	{'q', "quiet", NULL, "no line about the policy; twice: only what was refused",
	 set_quiet},
	{0, "color", "auto|always|never", "colours; auto: on a terminal without NO_COLOR",
	 set_color},
	{'h', "help", NULL, "this text", set_help},
};

static int print_help(void)
{
	puts("usage: netjail trace [OPTION...] [--] PROGRAM [ARG...]\n\n"
	     "Runs PROGRAM, shows every network call that names a destination, and\n"
	     "refuses with ECONNREFUSED what the rules forbid.\n");
	options_help(rows, ARRAY_LEN(rows));
	puts("\nExit status: the program's own; 125 netjail failed, 126 not executable, "
	     "127 not found.");
	return 0;
}

/* ---- rules ---- */

static struct ruleset *load_rules(const struct trace_options *options)
{
	struct ruleset *set = ruleset_new();
	struct addr resolvers[RESOLVERS_MAX];
	struct rule_error error;

	ruleset_set_resolvers(set, resolvers,
			      resolvers_load("/etc/resolv.conf", resolvers));
	for (size_t i = 0; i < options->rules.count; i++) {
		const char *text = options->rules.words[i];

		if (ruleset_add_text(set, "-r", (unsigned)i + 1, text, strlen(text),
				     &error) != 0)
			msg_die("%s", error.text);
	}
	for (size_t i = 0; i < options->files.count; i++)
		if (ruleset_add_file(set, options->files.words[i], &error) != 0)
			msg_die("%s", error.text);
	return set;
}

/* ---- the trace's own place ---- */

static int open_output(const char *path)
{
	int fd;

	if (!path)
		return STDERR_FILENO;
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOCTTY, 0666);
	if (fd < 0)
		msg_die("cannot write the trace to '%s': %s", path, strerror(errno));
	return fd;
}

static bool wants_color(enum color_when when, int fd)
{
	const char *no_color = getenv("NO_COLOR");

	if (when == COLOR_AUTO)
		return isatty(fd) && !(no_color && *no_color);
	return when == COLOR_ALWAYS;
}

static void add_sinks(struct hub *hub, struct trace_options *options,
		      struct run_config *config)
{
	int fd = open_output(options->output);
	struct line_style style = {
		.color = wants_color(options->color, fd),
		.clock = options->clock,
		.only_refused = options->quiet > 1,
	};

	/* Before the trace: a call that the log cannot take does not take effect. */
	log_options_apply(&options->log, fd, hub, config);
	if (options->log.format == FORMAT_TEXT)
		hub_add(hub, &text_sink, text_new(fd, &style));
	if (options->summary || (isatty(fd) && !options->quiet))
		hub_add(hub, &summary_sink, summary_new(fd));
}

int command_trace(char *const *argv)
{
	struct trace_options options = {0};
	int program = options_parse(rows, ARRAY_LEN(rows), argv, &options);
	struct names *names;
	struct hub hub = {0};
	struct run_config config = {.hub = &hub};

	if (options.help)
		return print_help();
	if (!argv[program])
		msg_die("no program to run; try 'netjail trace -- PROGRAM'");
	config.rules = load_rules(&options);
	names = names_new();
	(void)!hosts_load(names, "/etc/hosts"); /* without it, addresses have no names */
	config.names = names;
	config.all = options.all;
	config.allow_io_uring = options.allow_io_uring;
	config.quiet = options.quiet;
	config.argv = argv + program;
	config.facts.policy_paths = options.files.words;
	config.facts.policy_count = options.files.count;
	add_sinks(&hub, &options, &config);
	run_program(&config);
}
