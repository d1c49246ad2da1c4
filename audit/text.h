/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/text.h - the trace for people: a line an event, on a descriptor
 */
#ifndef NETJAIL_AUDIT_TEXT_H
#define NETJAIL_AUDIT_TEXT_H

#include "audit/line.h"
#include "audit/sink.h"

extern const struct sink_ops text_sink;

/* The state for text_sink, which writes to `fd` (not closed; stays the caller's). */
must_check void *text_new(int fd, const struct line_style *style);

#endif
