/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/strace/sink.c - the trace with --format strace, on a descriptor
 *
 * What is no call (ways round the jail, sockets found at an attach, netjail's own words)
 * gets a line that begins with "netjail: ", as strace's own lines begin with "strace: ".
 */
#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "audit/event.h"
#include "audit/shown.h"
#include "audit/strace/parts.h"
#include "audit/trace_lines.h"
#include "base/escape.h"
#include "base/xalloc.h"

#define RESULT_COLUMN 40
#define LINE_MAX_LEN  ((size_t)320 * 1024)

struct state {
	struct trace_lines lines;
	bool file;
	char *storage;
};

void *strace_sink_new(int fd, bool file, const struct line_style *style)
{
	struct state *state = xcalloc(1, sizeof(*state));

	trace_lines_begin(&state->lines, fd, style);
	state->file = file;
	state->storage = xcalloc(1, LINE_MAX_LEN);
	return state;
}

/* include/linux/errno.h: what the kernel makes of them is not known yet. */
static const struct {
	int number;
	const char *text;
} restarts[] = {
	{512, "ERESTARTSYS (To be restarted if SA_RESTART is set)"},
	{513, "ERESTARTNOINTR (To be restarted)"},
	{514, "ERESTARTNOHAND (To be restarted if no handler)"},
	{516, "ERESTART_RESTARTBLOCK (Interrupted by signal)"},
};

static void put_result(struct buf *line, int64_t result)
{
	const char *name = result < 0 ? strerrorname_np((int)-result) : NULL;

	for (size_t i = 0; i < ARRAY_LEN(restarts); i++) {
		if (result == -restarts[i].number) {
			buf_printf(line, "= ? %s", restarts[i].text);
			return;
		}
	}
	if (name)
		buf_printf(line, "= -1 %s (%s)", name, strerrordesc_np((int)-result));
	else if (result < 0)
		buf_printf(line, "= -1 (errno %" PRId64 ")", -result);
	else
		buf_printf(line, "= %" PRId64, result);
}

/* " (REFUSED game.rules:2)": what was not simply allowed. */
static void put_verdict(struct buf *line, const struct event *event)
{
	const char *past = verdict_past(event->decision.verdict);

	if (event->reason) {
		buf_printf(line, " (REFUSED netjail: %s)", event->reason);
		return;
	}
	if (!event->judged || event->decision.verdict == VERDICT_ALLOW)
		return;
	buf_puts(line, event->dry ? " (WOULD BE " : " (");
	if (event_is_unanswered(event))
		past = "unanswered";
	else if (event->decision.verdict == VERDICT_ASK)
		past = event->answered ? "allowed" : "refused";
	for (; *past; past++)
		buf_putc(line, (char)toupper((unsigned char)*past));
	buf_putc(line, ' ');
	escape_put(line, event->decision.rule_id, strlen(event->decision.rule_id));
	buf_putc(line, ')');
}

static void put_clock(struct buf *line, const struct timespec *time)
{
	struct tm tm;

	if (localtime_r(&time->tv_sec, &tm))
		buf_printf(line, "%02d:%02d:%02d.%06ld ", tm.tm_hour, tm.tm_min,
			   tm.tm_sec, time->tv_nsec / 1000);
}

static void put_prefix(const struct state *state, struct buf *line,
		       const struct shown *shown)
{
	if (state->file)
		buf_printf(line, "%-5d ", (int)shown->tid);
	else if (!shown->alone)
		buf_printf(line, "[pid %5d] ", (int)shown->tid);
	if (state->lines.style.clock)
		put_clock(line, &shown->time);
}

static void put_end(struct buf *line, const struct shown *shown)
{
	if (shown->left) {
		buf_puts(line, " <detached ...>");
	} else {
		do
			buf_putc(line, ' ');
		while (line->len < RESULT_COLUMN);
		if (shown->abandoned)
			buf_puts(line, "= ?");
		else
			put_result(line, shown->result);
	}
	if (*shown->remark)
		buf_printf(line, " (%s)", shown->remark);
	if (shown->event)
		put_verdict(line, shown->event);
}

static void strace_call(void *context, const struct shown *shown)
{
	struct state *state = context;
	enum shown_kind kind = shown->kind;
	struct buf line;

	if (state->lines.style.only_refused) {
		if (kind == SHOWN_BEGUN || kind == SHOWN_LINE || !shown->event ||
		    !event_is_refused(shown->event))
			return;
		kind = SHOWN_CALL;
	}
	buf_init(&line, state->storage, LINE_MAX_LEN);
	put_prefix(state, &line, shown);
	if (kind == SHOWN_RESUMED)
		buf_printf(&line, "<... %s resumed>%s", shown->call,
			   shown->text + shown->begun_len);
	else
		buf_puts(&line, shown->text);
	if (kind == SHOWN_BEGUN)
		buf_puts(&line, " <unfinished ...>");
	else if (kind != SHOWN_LINE)
		put_end(&line, shown);
	trace_lines_write(&state->lines, &line);
}

static void strace_emit(void *context, const struct event *event)
{
	struct state *state = context;
	struct line_style style = {.clock = state->lines.style.clock};
	struct buf line;

	if (!event->evasion && event->shape != EVENT_FOUND)
		return; /* its call is shown */
	buf_init(&line, state->storage, LINE_MAX_LEN);
	buf_puts(&line, "netjail: ");
	line_put(&line, event, &style);
	trace_lines_write(&state->lines, &line);
}

static void strace_note(void *context, const char *note)
{
	struct state *state = context;

	trace_lines_note(&state->lines, note);
}

static void strace_close(void *context)
{
	struct state *state = context;

	trace_lines_end(&state->lines);
	free(state->storage);
	free(state);
}

const struct sink_ops strace_sink = {.emit = strace_emit,
				     .note = strace_note,
				     .close = strace_close,
				     .call = strace_call};
