/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/trace_lines.h - what the traces for eyes share: lines on a descriptor
 *
 * Contract: one write a line, so that lines of netjail and of the program do not mix. A
 *           line that cannot be written is counted and told at the end: a verdict waits
 *           for its reader a moment only.
 */
#ifndef NETJAIL_AUDIT_TRACE_LINES_H
#define NETJAIL_AUDIT_TRACE_LINES_H

#include <stdint.h>

#include "audit/line.h"

struct outlet;

struct trace_lines {
	struct outlet *outlet;
	struct line_style style;
	uint64_t lost; /* a closed pipe, a full disk */
};

/* `fd` stays the caller's. */
void trace_lines_begin(struct trace_lines *lines, int fd, const struct line_style *style);
/* The line, to which a newline is added. */
void trace_lines_write(struct trace_lines *lines, struct buf *line);
/* "netjail: " and the note. */
void trace_lines_note(struct trace_lines *lines, const char *note);
void trace_lines_end(struct trace_lines *lines);

#endif
