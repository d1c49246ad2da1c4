/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/trace_lines.c - lines on a descriptor
 */
#include "audit/trace_lines.h"

#include <inttypes.h>

#include "base/buf.h"
#include "base/msg.h"
#include "base/outlet.h"

void trace_lines_begin(struct trace_lines *lines, int fd, const struct line_style *style)
{
	lines->outlet = outlet_new(fd);
	lines->style = *style;
	lines->lost = 0;
}

void trace_lines_write(struct trace_lines *lines, struct buf *line)
{
	if (line->len + 1 >= line->cap)
		line->len = line->cap - 2;
	line->data[line->len++] = '\n';
	if (outlet_put(lines->outlet, line->data, line->len) < 0)
		lines->lost++;
}

void trace_lines_note(struct trace_lines *lines, const char *note)
{
	char storage[2048];
	struct buf line;

	buf_init(&line, storage, sizeof(storage));
	buf_printf(&line, "netjail: %s", note);
	trace_lines_write(lines, &line);
}

void trace_lines_end(struct trace_lines *lines)
{
	outlet_free(lines->outlet);
	if (lines->lost)
		msg_print("%" PRIu64 " lines of the trace could not be written",
			  lines->lost);
}
