/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/text.c - the trace for people: a line an event, on a descriptor
 */
#include "audit/text.h"

#include <stdlib.h>

#include "audit/trace_lines.h"
#include "base/buf.h"
#include "base/xalloc.h"

void *text_new(int fd, const struct line_style *style)
{
	struct trace_lines *lines = xcalloc(1, sizeof(*lines));

	trace_lines_begin(lines, fd, style);
	return lines;
}

static void text_emit(void *state, const struct event *event)
{
	struct trace_lines *lines = state;
	char storage[2048];
	struct buf line;

	if (event->quiet || (lines->style.only_refused && !event_is_refused(event)))
		return;
	buf_init(&line, storage, sizeof(storage));
	line_put(&line, event, &lines->style);
	trace_lines_write(lines, &line);
}

static void text_note(void *state, const char *note)
{
	trace_lines_note(state, note);
}

static void text_close(void *state)
{
	trace_lines_end(state);
	free(state);
}

const struct sink_ops text_sink = {
	.emit = text_emit, .note = text_note, .close = text_close};
