/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/shown.h - a line of --format strace: a call, its arguments as text, and others
 */
#ifndef NETJAIL_AUDIT_SHOWN_H
#define NETJAIL_AUDIT_SHOWN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <time.h>

struct event;

enum shown_kind {
	SHOWN_CALL,    /* has ended */
	SHOWN_BEGUN,   /* has not yet, and something else is to be told */
	SHOWN_RESUMED, /* has ended, and was told to have begun */
	SHOWN_LINE,    /* is no call: `text` is all */
};

/* A value; what it points to lives as long as the sinks look. */
struct shown {
	enum shown_kind kind;
	const char *call;          /* its name */
	const char *text;          /* "connect(3, {...}, 16)" */
	size_t begun_len;          /* so much of it was written by SHOWN_BEGUN */
	const char *remark;        /* stands behind the result; "" = none */
	const struct event *event; /* what was told of it last, NULL = nothing */
	struct timespec time;
	pid_t tid;
	bool alone;     /* no other task is under trace */
	bool abandoned; /* the task died in it: there is no result */
	bool left;      /* netjail left before it ended */
	int64_t result; /* as the kernel knows it: also -ERESTARTSYS */
};

#endif
