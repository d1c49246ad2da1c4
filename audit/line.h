/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/line.h - an event as one line for people, in strace's shape
 */
#ifndef NETJAIL_AUDIT_LINE_H
#define NETJAIL_AUDIT_LINE_H

#include <stdbool.h>

struct buf;
struct event;

struct line_style {
	bool color; /* SGR escape sequences of our own, never the program's bytes */
	bool clock; /* local time of day in front, with microseconds */
	bool only_refused; /* what was allowed has no line */
};

/* Appends the line without a newline: printable ASCII apart from our own colour
 * sequences. */
void line_put(struct buf *buf, const struct event *event, const struct line_style *style);

#endif
