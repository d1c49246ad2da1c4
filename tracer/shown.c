/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/shown.c - the text of a call, made at its stops, for --format strace
 */
#include "tracer/shown.h"

#include <stdlib.h>
#include <string.h>

#include "audit/shown.h"
#include "audit/strace/strace.h"
#include "base/buf.h"
#include "base/xalloc.h"
#include "tracer/call.h"

/* A message's header and name for as many messages as strace shows of a batch. */
#define JUDGED_MAX   64
#define TEXT_MAX_LEN (256 * 1024)

struct judged {
	uint64_t at;
	size_t len;
	uint8_t bytes[ENDPOINT_RAW_MAX];
};

struct shown_call {
	const struct strace_row *row; /* NULL: none that is shown is under way */
	struct strace strace;
	uint64_t args[6];
	pid_t tid;
	struct buf text;
	char storage[TEXT_MAX_LEN];
	bool told;
	struct event event;
	struct judged judged[JUDGED_MAX];
	size_t judged_count;
};

static void lay_over(const struct judged *judged, uint64_t at, uint8_t *to, size_t len)
{
	uint64_t from = judged->at > at ? judged->at : at;
	uint64_t end =
		judged->at + judged->len < at + len ? judged->at + judged->len : at + len;

	if (from < end)
		memcpy(to + (from - at), judged->bytes + (from - judged->at),
		       (size_t)(end - from));
}

static bool read_memory(void *context, uint64_t at, void *to, size_t len)
{
	const struct shown_call *shown = context;

	if (mem_read(shown->tid, (struct remote){at}, to, len) != 0)
		return false;
	for (size_t i = 0; i < shown->judged_count; i++)
		lay_over(&shown->judged[i], at, to, len);
	return true;
}

static void write_entry(struct shown_call *shown)
{
	buf_init(&shown->text, shown->storage, sizeof(shown->storage));
	strace_enter(shown->row, &shown->strace);
}

void shown_begin(struct call *call)
{
	struct task *task = call->task;
	struct shown_call *shown = task->shown;

	if (!call->tracer->config->shows)
		return;
	if (!shown)
		shown = task->shown = xcalloc(1, sizeof(*shown));
	shown->row = strace_row(call->event.call);
	if (!shown->row)
		return;
	memcpy(shown->args, call->args, sizeof(shown->args));
	shown->strace = (struct strace){.out = &shown->text,
					.read = read_memory,
					.context = shown,
					.word = call->word,
					.args = shown->args};
	shown->tid = task->tid;
	shown->told = false;
	shown->judged_count = 0;
	write_entry(shown);
}

void shown_judged(struct call *call, uint64_t at, const void *bytes, size_t len)
{
	struct shown_call *shown = call->task->shown;
	struct judged *judged;

	if (!shown || !shown->row || len > ENDPOINT_RAW_MAX ||
	    shown->judged_count == JUDGED_MAX)
		return;
	judged = &shown->judged[shown->judged_count++];
	judged->at = at;
	judged->len = len;
	memcpy(judged->bytes, bytes, len);
	write_entry(shown);
}

void shown_told(struct task *task, const struct event *event)
{
	struct shown_call *shown = task->shown;

	if (!shown || event->evasion || event->shape == EVENT_FOUND || event->quiet)
		return;
	/* of a batch, what was refused is what matters */
	if (!shown->told || !event_is_refused(&shown->event))
		shown->event = *event;
	shown->told = true;
}

void shown_end(struct tracer *tracer, struct task *task, int64_t result)
{
	struct shown_call *shown = task->shown;
	struct shown ended;

	if (!shown || !shown->row)
		return;
	if (shown->told || tracer->config->all) {
		shown->strace.result = result;
		strace_leave(shown->row, &shown->strace);
		ended = (struct shown){.text = shown->storage,
				       .event = shown->told ? &shown->event : NULL,
				       .tid = task->tid,
				       .alone = HASH_COUNT(tracer->tasks.head) == 1,
				       .result = result};
		clock_gettime(CLOCK_REALTIME, &ended.time);
		hub_call(tracer->config->hub, &ended);
	}
	shown->row = NULL;
}

void shown_free(struct task *task)
{
	free(task->shown);
	task->shown = NULL;
}
