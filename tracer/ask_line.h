/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/ask_line.h - a call as a rule would name it: for questions, for saved answers
 */
#ifndef NETJAIL_TRACER_ASK_LINE_H
#define NETJAIL_TRACER_ASK_LINE_H

#include <stdbool.h>

#include "base/cleanup.h"

struct buf;
struct call;

/* Appends "api.example.com:443/tcp", "unix:/run/x.sock", "family AF_VSOCK". */
void ask_line_target(struct buf *buf, const struct call *call);

/* Appends "allow TARGET exe PATH" and a newline; false when no rule can say it. */
must_check bool ask_line_put(struct buf *buf, const struct call *call, bool allow);

#endif
