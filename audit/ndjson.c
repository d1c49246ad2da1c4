/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/ndjson.c - the log: a line of JSON an event
 */
#include "audit/ndjson.h"

#include <inttypes.h>
#include <string.h>

#include "audit/life.h"
#include "audit/log_file.h"
#include "base/msg.h"
#include "base/xalloc.h"

struct ndjson {
	struct log_file log;
	struct ecs_run run;
	enum log_full full;
	uint64_t calls, refused;
	bool warned;
};

void *ndjson_new(int fd, const struct ecs_run *run, enum log_full full)
{
	struct ndjson *ndjson = xcalloc(1, sizeof(*ndjson));

	log_file_init(&ndjson->log, fd, full == LOG_FULL_CONTINUE);
	ndjson->run = *run;
	ndjson->full = full;
	return ndjson;
}

/* True when it was written. The first failure is told at once: who watches can make
 * room. */
static bool put(struct ndjson *ndjson, json_t *root)
{
	int error = log_file_put(&ndjson->log, root);

	if (error && !ndjson->warned)
		msg_print("the log cannot be written (%s): calls %s", strerror(-error),
			  ndjson->full == LOG_FULL_STOP ? "are refused"
							: "go on without a line");
	ndjson->warned = error != 0;
	return !error;
}

static void ndjson_emit(void *state, const struct event *event)
{
	struct ndjson *ndjson = state;

	if (!event->evasion && event->shape != EVENT_FOUND &&
	    (event->judged || event->reason)) {
		ndjson->calls++;
		ndjson->refused += event_is_refused(event);
	}
	(void)put(ndjson, ecs_event(&ndjson->run, event, false));
}

static bool ndjson_announce(void *state, const struct event *event)
{
	struct ndjson *ndjson = state;

	return put(ndjson, ecs_event(&ndjson->run, event, true)) ||
	       ndjson->full == LOG_FULL_CONTINUE;
}

static bool ndjson_life(void *state, const struct life *life)
{
	struct ndjson *ndjson = state;
	struct run_facts run;
	struct life whole = *life;

	if (life->kind == LIFE_RULES)
		memcpy(ndjson->run.ruleset, life->run->policy_sha256, DIGEST_HEX);
	if (life->run) {
		run = *life->run;
		run.told = ndjson->calls;
		run.refused = ndjson->refused;
		whole.run = &run;
	}
	return put(ndjson, ecs_life(&ndjson->run, &whole)) ||
	       ndjson->full == LOG_FULL_CONTINUE;
}

static void ndjson_note(void *state, const char *text)
{
	(void)state;
	(void)text;
}

static void ndjson_close(void *state)
{
	struct ndjson *ndjson = state;

	if (ndjson->log.lost)
		msg_print("%" PRIu64 " events could not be written to the log",
			  ndjson->log.lost);
	log_file_done(&ndjson->log);
	free(ndjson);
}

const struct sink_ops ndjson_sink = {
	.emit = ndjson_emit,
	.note = ndjson_note,
	.close = ndjson_close,
	.announce = ndjson_announce,
	.life = ndjson_life,
};
