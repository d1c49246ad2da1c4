/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/text.c - the trace for people: a line an event, on a descriptor
 */
#include "audit/text.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/msg.h"
#include "base/outlet.h"
#include "base/xalloc.h"

struct text_state {
	struct outlet *outlet;
	struct line_style style;
	uint64_t lost; /* lines that could not be written: a closed pipe, a full disk */
};

void *text_new(int fd, const struct line_style *style)
{
	struct text_state *text = xcalloc(1, sizeof(*text));

	text->outlet = outlet_new(fd);
	text->style = *style;
	return text;
}

/* One write a line, so that lines of netjail and of the program do not mix. A line that
 * cannot be written is counted and told at the end: a verdict waits for its
 * reader a moment only. */
static void write_line(struct text_state *text, struct buf *line)
{
	if (line->len + 1 >= line->cap)
		line->len = line->cap - 2;
	line->data[line->len++] = '\n';
	if (outlet_put(text->outlet, line->data, line->len) < 0)
		text->lost++;
}

static void text_emit(void *state, const struct event *event)
{
	struct text_state *text = state;
	char storage[2048];
	struct buf line;

	if (event->quiet || (text->style.only_refused && !event_is_refused(event)))
		return;
	buf_init(&line, storage, sizeof(storage));
	line_put(&line, event, &text->style);
	write_line(text, &line);
}

static void text_note(void *state, const char *note)
{
	struct text_state *text = state;
	char storage[2048];
	struct buf line;

	buf_init(&line, storage, sizeof(storage));
	buf_printf(&line, "netjail: %s", note);
	write_line(text, &line);
}

static void text_close(void *state)
{
	struct text_state *text = state;

	outlet_free(text->outlet);
	if (text->lost)
		msg_print("%" PRIu64 " lines of the trace could not be written",
			  text->lost);
	free(text);
}

const struct sink_ops text_sink = {
	.emit = text_emit, .note = text_note, .close = text_close};
