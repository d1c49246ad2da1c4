/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * cli/report.c - netjail report: an audit report from logs; learn: rules from them
 */
#include "cli/report.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#include "audit/learn.h"
#include "audit/report_write.h"
#include "base/fdio.h"
#include "base/msg.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "cli/policy.h"
#include "cli/replay.h"
#include "rules/ruleset.h"

struct report_options {
	int (*write)(FILE *out, const struct report *report, bool names);
	const char *output;
	const char *check; /* rules that the logs are held against */
	bool help;
};

static bool set_html(void *target, const char *arg)
{
	((struct report_options *)target)->write = report_write_html;
	return !arg;
}

static bool set_markdown(void *target, const char *arg)
{
	((struct report_options *)target)->write = report_write_markdown;
	return !arg;
}

static bool set_json(void *target, const char *arg)
{
	((struct report_options *)target)->write = report_write_json;
	return !arg;
}

static bool set_output(void *target, const char *arg)
{
	((struct report_options *)target)->output = arg;
	return *arg;
}

static bool set_check(void *target, const char *arg)
{
	((struct report_options *)target)->check = arg;
	return *arg;
}

static bool set_help(void *target, const char *arg)
{
	((struct report_options *)target)->help = true;
	return !arg;
}

static const struct option_row rows[] = {
	{0, "html", NULL, "one page that loads nothing (default)", set_html},
	{0, "md", NULL, "Markdown", set_markdown},
	{0, "json", NULL, "JSON, with indicators as STIX 2.1", set_json},
	{'o', "output", "FILE", "write there instead of standard output", set_output},
	{'h', "help", NULL, "this text", set_help},
};

static const struct option_row learn_rows[] = {
	{0, "check", "RULES", "print what these rules would refuse of the logs, instead",
	 set_check},
	{'o', "output", "FILE", "write there instead of standard output", set_output},
	{'h', "help", NULL, "this text", set_help},
};

/* True when rules may name hosts in this version. */
static bool rules_have_names(void)
{
	static const char rule[] = "allow host.example:443";
	struct ruleset *set = ruleset_new();
	struct rule_error error;
	bool have = ruleset_add_text(set, "", 1, rule, sizeof(rule) - 1, &error) == 0;

	ruleset_free(set);
	return have;
}

static struct report *read_logs(char *const *paths)
{
	struct report *report = report_new();

	if (!*paths)
		msg_die("no log; try 'netjail report LOG', or '-' for standard input");
	for (; *paths; paths++) {
		int failed = report_add_file(report, *paths);

		if (failed)
			msg_die("cannot read the log '%s': %s", *paths,
				strerror(-failed));
	}
	report_end(report);
	if (report->lines == report->bad_lines)
		msg_die("there is no line of a log of netjail's");
	return report;
}

static FILE *open_output(const char *path)
{
	FILE *out = path ? fopen(path, "we") : stdout;

	if (!out)
		msg_die("cannot write to '%s': %s", path, strerror(errno));
	return out;
}

static void close_output(FILE *out, int failed)
{
	if ((out == stdout ? fflush(out) : fclose(out)) != 0 || failed)
		msg_die("the report could not be written");
}

int command_report(char *const *argv)
{
	struct report_options options = {.write = report_write_html};
	int first = options_parse(rows, ARRAY_LEN(rows), argv, &options);
	struct report *report;
	FILE *out;

	if (options.help) {
		puts("usage: netjail report [--html|--md|--json] [-o FILE] LOG...\n\n"
		     "An audit report from logs that 'netjail trace --log' wrote.\n");
		options_help(rows, ARRAY_LEN(rows));
		return 0;
	}
	report = read_logs(argv + first);
	out = open_output(options.output);
	close_output(out, options.write(out, report, rules_have_names()));
	report_free(report);
	return 0;
}

int command_learn(char *const *argv)
{
	struct report_options options = {.write = NULL};
	int first = options_parse(learn_rows, ARRAY_LEN(learn_rows), argv, &options);
	struct policy policy = {.rules = {.count = 0}};
	struct report *report;
	FILE *out;

	if (options.help) {
		puts("usage: netjail learn [-o FILE|--check RULES] LOG...\n\n"
		     "The shortest rules that allow what the logs show.\n");
		options_help(learn_rows, ARRAY_LEN(learn_rows));
		return 0;
	}
	if (options.check && argv[first]) {
		(void)policy_add_file(&policy, options.check);
		return replay_policy(&policy, argv + first);
	}
	report = read_logs(argv + first);
	out = open_output(options.output);
	learn_write(out, report, rules_have_names());
	close_output(out, 0);
	report_free(report);
	return 0;
}

int report_of_log(int fd, off_t from, const char *path)
{
	struct report *report = report_new();
	int failed = lseek(fd, from, SEEK_SET) < 0 ? -errno : report_add_fd(report, fd);
	FILE *out = failed ? NULL : fopen(path, "we");

	if (!failed && !out)
		failed = -errno;
	if (out) {
		report_end(report);
		failed = report_write_html(out, report, rules_have_names());
		if (fclose(out) != 0)
			failed = -errno;
	}
	report_free(report);
	return failed;
}
