/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/shown.c - the lines of --format strace
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
	const char *call;             /* its name; static */
	struct strace strace;
	uint64_t args[6];
	pid_t tid;
	struct buf text;
	char storage[TEXT_MAX_LEN];
	size_t begun_len; /* of the text, at the entry */
	struct timespec began;
	bool parted; /* it was told to have begun */
	bool again;  /* netjail has the program make it again */
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
	shown->begun_len = shown->text.len;
}

/* ---- lines ---- */

static struct shown line_of(const struct tracer *tracer, const struct task *task,
			    enum shown_kind kind)
{
	const struct shown_call *shown = task->shown;
	struct shown line = {.kind = kind,
			     .call = shown->call,
			     .text = shown->storage,
			     .begun_len = shown->begun_len,
			     .remark = shown->strace.remark,
			     .event = shown->told ? &shown->event : NULL,
			     .time = shown->began,
			     .tid = task->tid,
			     .alone = HASH_COUNT(tracer->tasks.head) == 1};

	if (kind == SHOWN_RESUMED)
		clock_gettime(CLOCK_REALTIME, &line.time);
	return line;
}

/* Something is to be told, by the task `by` if it is its call: of a call of another that
 * was begun last, and has not ended, that has to be told first. */
static void part(struct tracer *tracer, pid_t by)
{
	struct task *open = tracer->shown_open && tracer->shown_open != by
				    ? task_find(&tracer->tasks, tracer->shown_open)
				    : NULL;
	struct shown line;

	if (!by || open)
		tracer->shown_open = 0;
	if (!open || !open->shown || !open->shown->row)
		return;
	line = line_of(tracer, open, SHOWN_BEGUN);
	open->shown->parted = true;
	hub_call(tracer->config->hub, &line);
}

enum end { END_RESULT, END_DEATH, END_LEFT };

static void tell(struct tracer *tracer, struct task *task, enum end end)
{
	struct shown_call *shown = task->shown;
	struct shown line =
		line_of(tracer, task, shown->parted ? SHOWN_RESUMED : SHOWN_CALL);

	line.abandoned = end == END_DEATH;
	line.left = end == END_LEFT;
	line.result = shown->strace.result;
	part(tracer, task->tid);
	hub_call(tracer->config->hub, &line);
}

void shown_tell_line(struct tracer *tracer, pid_t tid, const char *text)
{
	struct shown line = {.kind = SHOWN_LINE,
			     .text = text,
			     .tid = tid,
			     .alone = HASH_COUNT(tracer->tasks.head) == 1};

	clock_gettime(CLOCK_REALTIME, &line.time);
	part(tracer, 0);
	hub_call(tracer->config->hub, &line);
}

/* ---- calls ---- */

static void close_call(struct tracer *tracer, struct task *task)
{
	task->shown->row = NULL;
	if (tracer->shown_open == task->tid)
		tracer->shown_open = 0;
}

/* The call was begun, by its first try when it is made again. */
static void open_call(struct tracer *tracer, const struct task *task)
{
	struct shown_call *shown = task->shown;

	if (!shown->again || !shown->row) {
		clock_gettime(CLOCK_REALTIME, &shown->began);
		shown->parted = false;
	}
	shown->again = false;
	if (!tracer->config->all || shown->parted)
		return;
	part(tracer, task->tid);
	tracer->shown_open = task->tid;
}

void shown_begin(struct call *call)
{
	struct task *task = call->task;
	struct shown_call *shown = task->shown;
	const struct strace_row *row;

	if (!call->tracer->config->shows)
		return;
	if (!shown)
		shown = task->shown = xcalloc(1, sizeof(*shown));
	row = strace_row(call->event.call);
	shown->again &= row == shown->row;
	if (row)
		open_call(call->tracer, task);
	shown->row = row;
	shown->call = call->event.call;
	if (!row)
		return;
	memcpy(shown->args, call->args, sizeof(shown->args));
	shown->strace = (struct strace){.out = &shown->text,
					.read = read_memory,
					.context = shown,
					.word = call->word,
					.args = shown->args};
	shown->tid = task->tid;
	if (!task->batch.set) {
		shown->told = false;
		shown->judged_count = 0;
	}
	write_entry(shown);
}

void shown_again(struct task *task)
{
	if (task->shown)
		task->shown->again = true;
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

bool shown_is_wanted(const struct tracer *tracer, const struct task *task)
{
	return tracer->config->all && task->shown && task->shown->row;
}

void shown_end(struct tracer *tracer, struct task *task, int64_t result)
{
	struct shown_call *shown = task->shown;

	if (!shown || !shown->row)
		return;
	/* Leaving has interrupted it, and it goes on: shown_left. */
	if (tracer->leaving && arch_is_interrupted(result))
		return;
	if (shown->told || tracer->config->all) {
		shown->strace.result = result;
		strace_leave(shown->row, &shown->strace);
		tell(tracer, task, END_RESULT);
	}
	close_call(tracer, task);
}

void shown_abandon(struct tracer *tracer, struct task *task)
{
	struct shown_call *shown = task->shown;

	if (!shown || !shown->row)
		return;
	if (shown->told || tracer->config->all) {
		strace_abandon(&shown->strace);
		tell(tracer, task, END_DEATH);
	}
	close_call(tracer, task);
}

void shown_left(struct tracer *tracer, struct task *task)
{
	struct shown_call *shown = task->shown;

	if (!shown || !shown->row)
		return;
	if (shown->told || tracer->config->all)
		tell(tracer, task, END_LEFT);
	close_call(tracer, task);
}

void shown_free(struct task *task)
{
	free(task->shown);
	task->shown = NULL;
}
