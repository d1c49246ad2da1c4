/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * cli/trace.c - netjail trace: options and rules into a run
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
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
#include "tracer/attach_run.h"
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

		if (strcmp(end, units[i].unit) != 0 || !(ms >= 1 && ms <= INT_MAX))
			continue;
		((struct trace_options *)target)->attach.for_ms = (unsigned)ms;
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
	puts("usage: netjail trace [OPTION...] [--] PROGRAM [ARG...]\n"
	     "       netjail trace [OPTION...] -p PID[,PID...]\n\n"
	     "Runs PROGRAM or watches what runs already, shows every network call that\n"
	     "names a destination, and\n"
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

/* Either a program or an attach, and each option with what it is for. */
static void check_words(const struct trace_options *options, const char *program)
{
	const struct attach_config *attach = &options->attach;

	if (program && options->pids)
		msg_die("either '-p' or a program to run, not both");
	if (!program && !options->pids)
		msg_die("no program to run; try 'netjail trace -- PROGRAM'");
	if (options->pids && options->watch)
		msg_die("'--watch' goes with a program to run");
	if (program && (attach->no_children || attach->cut || attach->for_ms ||
			attach->kill_on_exit))
		msg_die("'--no-children', '--cut', '--for' and '--kill-on-exit' go with "
			"'-p'");
}

int command_trace(char *const *argv)
{
	/* Not on the stack: an attach ends its first thread before the run is over. */
	static struct trace_options options;
	static struct hub hub;
	static struct run_config config = {.hub = &hub};
	int program = options_parse(rows, ARRAY_LEN(rows), argv, &options);
	struct names *names;

	if (options.help)
		return print_help();
	check_words(&options, argv[program]);
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
	options.attach.pids = options.pids;
	config.attach = options.pids ? &options.attach : NULL;
	add_sinks(&hub, &options);
	if (options.pids)
		attach_run(&config);
	run_program(&config);
}
