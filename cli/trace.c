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
#include "cli/options.h"
#include "cli/policy.h"
#include "names/hosts.h"
#include "names/lookup.h"
#include "names/table.h"
#include "rules/ruleset.h"
#include "tracer/ask.h"
#include "tracer/tracer.h"

enum color_when { COLOR_AUTO = 0, COLOR_ALWAYS, COLOR_NEVER };

struct trace_options {
	struct policy policy;
	const char *output, *ask_with, *save;
	bool allow_io_uring;
	bool watch, all, clock, summary, help, dry_run, kill, strict;
	unsigned quiet;
	enum color_when color;
};

/* ---- options ---- */

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

static int print_help(void)
{
	puts("usage: netjail trace [OPTION...] [--] PROGRAM [ARG...]\n\n"
	     "Runs PROGRAM, shows every network call that names a destination, and\n"
	     "refuses with ECONNREFUSED what the rules forbid.\n");
	options_help(rows, ARRAY_LEN(rows));
	puts("\nExit status: the program's own; 123 see --strict, 125 netjail failed,\n"
	     "126 not executable, 127 not found.");
	return 0;
}

/* ---- names ---- */

static void has_address(void *context, const struct addr *addr)
{
	(void)addr;
	*(bool *)context = true;
}

/* The names of rules that /etc/hosts does not know are looked up. */
static struct lookup *look_up(const struct ruleset *set, struct names *names)
{
	char **asked = xreallocarray(NULL, LOOKUP_NAMES_MAX, sizeof(*asked));
	size_t count = ruleset_exact_names(set, asked, LOOKUP_NAMES_MAX), kept = 0;

	if (count > LOOKUP_NAMES_MAX)
		msg_print("only the first %d of %zu names are looked up",
			  LOOKUP_NAMES_MAX, count);
	for (size_t i = 0; i < count && i < LOOKUP_NAMES_MAX; i++) {
		bool known = false;

		names_addresses(names, asked[i], has_address, &known);
		if (known)
			free(asked[i]);
		else
			asked[kept++] = asked[i];
	}
	return lookup_start(asked, kept, names);
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

static void add_sinks(struct hub *hub, const struct trace_options *options)
{
	int fd = open_output(options->output);
	struct line_style style = {
		.color = wants_color(options->color, fd),
		.clock = options->clock,
		.only_refused = options->quiet > 1,
	};

	hub_add(hub, &text_sink, text_new(fd, &style));
	if (options->summary || (isatty(fd) && !options->quiet))
		hub_add(hub, &summary_sink, summary_new(fd));
}

static struct ruleset *load_again(const void *context, struct rule_error *ret_error)
{
	return policy_load(context, ret_error);
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
	config.rules = policy_load_or_die(&options.policy);
	names = names_new();
	(void)!hosts_load(names, "/etc/hosts"); /* without it, addresses have no names */
	config.names = names;
	config.lookup = look_up(config.rules, names);
	config.all = options.all;
	config.allow_io_uring = options.allow_io_uring;
	config.load = options.policy.files.count ? load_again : NULL;
	config.load_context = &options.policy;
	config.watch = options.watch;
	if (ruleset_asks(config.rules) || options.watch)
		config.ask = ask_start(options.ask_with, options.save);
	config.dry_run = options.dry_run;
	config.kill = options.kill;
	config.strict = options.strict;
	config.quiet = options.quiet;
	config.argv = argv + program;
	add_sinks(&hub, &options);
	run_program(&config);
}
