/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * cli/log_options.c - the options of netjail trace that are about the log
 */
#include "cli/log_options.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "audit/log_file.h"
#include "audit/sink.h"
#include "base/msg.h"
#include "cli/report.h"
#include "rules/ruleset.h"
#include "tracer/tracer.h"

/* The index of the word, -1 when it is none of them. */
static int find_word(const char *const *words, size_t count, const char *word)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(words[i], word) == 0)
			return (int)i;
	return -1;
}

bool log_options_set_full(struct log_options *options, const char *arg)
{
	static const char *const words[] = {"stop", "continue"};
	int found = find_word(words, ARRAY_LEN(words), arg);

	options->full = found > 0 ? LOG_FULL_CONTINUE : LOG_FULL_STOP;
	return found >= 0;
}

bool log_options_set_format(struct log_options *options, const char *arg)
{
	static const char *const words[] = {"text", "json", "strace"};
	int found = find_word(words, ARRAY_LEN(words), arg);

	options->format = found > 0 ? (enum trace_format)found : FORMAT_TEXT;
	return found >= 0;
}

bool log_options_set_stacks(struct log_options *options, const char *arg)
{
	static const char *const words[] = {"denied", "all", "none"};

	options->stacks = find_word(words, ARRAY_LEN(words), arg);
	return options->stacks >= 0;
}

bool log_options_wanted(const struct log_options *options)
{
	return options->path || options->report || options->format == FORMAT_JSON;
}

/* Where only the report is wanted: a file that has no name. */
static void open_unnamed(struct log_options *options)
{
	const char *folder = getenv("TMPDIR");

	options->fd = open(folder && *folder ? folder : "/tmp",
			   O_TMPFILE | O_RDWR | O_APPEND | O_CLOEXEC, 0600);
	if (options->fd < 0)
		options->fd = memfd_create("log", MFD_CLOEXEC);
	if (options->fd < 0)
		msg_die("cannot make a file for the log: %s", strerror(errno));
}

static void open_log(struct log_options *options)
{
	int failed;

	if (!options->path) {
		open_unnamed(options);
		return;
	}
	failed = log_file_open(options->path, &options->fd);
	if (failed == -EWOULDBLOCK)
		msg_die("another run writes the log '%s'", options->path);
	if (failed)
		msg_die("cannot write the log to '%s': %s", options->path,
			strerror(-failed));
}

/* The run is over, and its last line written. */
static void write_report(void *context)
{
	const struct log_options *options = context;
	int failed = report_of_log(options->fd, options->fd_from, options->report);

	if (failed)
		msg_print("the report could not be written to '%s': %s", options->report,
			  strerror(-failed));
}

/* A report that cannot be written is better known before the program runs. */
static void prepare_report(struct log_options *options, struct run_config *config)
{
	cleanup_fd int fd =
		open(options->report, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOCTTY, 0666);

	if (fd < 0)
		msg_die("cannot write the report to '%s': %s", options->report,
			strerror(errno));
	options->fd_from = lseek(options->fd, 0, SEEK_END);
	config->ended = write_report;
	config->context = options;
}

void log_options_apply(struct log_options *options, int trace_fd, struct hub *hub,
		       struct run_config *config)
{
	uint8_t digest[DIGEST_LEN];

	if (!log_options_wanted(options))
		return;
	ecs_run_init(&options->run, NETJAIL_VERSION);
	ruleset_digest(config->rules, digest);
	digest_hex(digest, options->run.ruleset);
	config->run_id = options->run.id;
	config->facts.version = NETJAIL_VERSION;
	config->stacks = (enum stacks)options->stacks;
	memcpy(config->facts.policy_sha256, options->run.ruleset, DIGEST_HEX);
	if (options->path || options->report) {
		open_log(options);
		hub_add(hub, &ndjson_sink,
			ndjson_new(options->fd, &options->run, options->full));
	}
	if (options->report)
		prepare_report(options, config);
	if (options->format == FORMAT_JSON)
		hub_add(hub, &ndjson_sink,
			ndjson_new(trace_fd, &options->run, LOG_FULL_CONTINUE));
}
