/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * cli/trace.c - netjail trace: options and rules into a run
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#include "audit/strace/strace.h"
#include "audit/summary.h"
#include "audit/text.h"
#include "base/msg.h"
#include "base/xalloc.h"
#include "cli/commands.h"
#include "cli/trace_options.h"
#include "names/hosts.h"
#include "names/lookup.h"
#include "names/table.h"
#include "rules/ruleset.h"
#include "tracer/ask.h"
#include "tracer/attach_run.h"
#include "tracer/tracer.h"

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
	config->shows = options->log.format == FORMAT_STRACE;
	if (config->shows)
		hub_add(hub, &strace_sink, strace_sink_new(fd, options->output, &style));
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

static void fill_config(struct run_config *config, const struct trace_options *options)
{
	struct names *names = names_new();

	(void)!hosts_load(names, "/etc/hosts"); /* without it, addresses have no names */
	config->rules = policy_load_or_die(&options->policy);
	config->names = names;
	config->lookup = look_up(config->rules, names);
	config->all = options->all;
	config->allow_io_uring = options->allow_io_uring;
	config->load = options->policy.files.count ? load_again : NULL;
	config->load_context = &options->policy;
	config->watch = options->watch;
	if (ruleset_asks(config->rules) || options->watch)
		config->ask = ask_start(options->ask_with, options->save);
	config->dry_run = options->dry_run;
	config->kill = options->kill;
	config->strict = options->strict;
	config->quiet = options->quiet;
	config->facts.policy_paths = options->policy.files.words;
	config->facts.policy_count = options->policy.files.count;
	config->attach = options->pids ? &options->attach : NULL;
}

int command_trace(char *const *argv)
{
	/* Not on the stack: an attach ends its first thread before the run is over. */
	static struct trace_options options;
	static struct hub hub;
	static struct run_config config = {.hub = &hub};
	int program = trace_options_parse(argv, &options);

	if (options.help)
		return trace_options_help();
	check_words(&options, argv[program]);
	options.attach.pids = options.pids;
	fill_config(&config, &options);
	config.argv = argv + program;
	add_sinks(&hub, &options, &config);
	if (options.pids)
		attach_run(&config);
	run_program(&config);
}
