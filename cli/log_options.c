/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * cli/log_options.c - the options of netjail trace that are about the log
 */
#include "cli/log_options.h"

#include <errno.h>
#include <string.h>

#include "audit/log_file.h"
#include "audit/sink.h"
#include "base/msg.h"
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
	static const char *const words[] = {"text", "strace", "json"};
	int found = find_word(words, ARRAY_LEN(words), arg);

	options->format = found > 0 ? (enum trace_format)found : FORMAT_TEXT;
	return found >= 0;
}

bool log_options_wanted(const struct log_options *options)
{
	return options->path || options->report || options->format == FORMAT_JSON;
}

static void open_log(struct log_options *options)
{
	int failed = log_file_open(options->path, &options->fd);

	if (failed == -EWOULDBLOCK)
		msg_die("another run writes the log '%s'", options->path);
	if (failed)
		msg_die("cannot write the log to '%s': %s", options->path,
			strerror(-failed));
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
	memcpy(config->facts.policy_sha256, options->run.ruleset, DIGEST_HEX);
	if (options->path) {
		open_log(options);
		hub_add(hub, &ndjson_sink,
			ndjson_new(options->fd, &options->run, options->full));
	}
	if (options->format == FORMAT_JSON)
		hub_add(hub, &ndjson_sink,
			ndjson_new(trace_fd, &options->run, LOG_FULL_CONTINUE));
}
