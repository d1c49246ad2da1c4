/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/shown.h - a call that has ended, with its arguments as text
 */
#ifndef NETJAIL_AUDIT_SHOWN_H
#define NETJAIL_AUDIT_SHOWN_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include <time.h>

struct event;

/* A value; what it points to lives as long as the sinks look. */
struct shown {
	const char *text;          /* "connect(3, {...}, 16)" */
	const struct event *event; /* what was told of it last, NULL = nothing */
	struct timespec time;
	pid_t tid;
	bool alone;     /* no other task is under trace */
	int64_t result; /* as the kernel knows it: also -ERESTARTSYS */
};

#endif
