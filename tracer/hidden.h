/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/hidden.h - attach mode: what a program has by which calls go past netjail
 */
#ifndef NETJAIL_TRACER_HIDDEN_H
#define NETJAIL_TRACER_HIDDEN_H

#include <stddef.h>
#include <sys/types.h>

struct tracer;

/* The sentences, for the run's coverage. */
struct hidden {
	char **texts; /* heap, as each of them: hidden_free */
	size_t count;
};

/* Looks for seccomp filters and io_urings of these processes, whose tasks all stand
 * still, and notes each in tracer->hidden. */
void hidden_find(struct tracer *tracer, const pid_t *pids, size_t count);

void hidden_free(struct hidden *hidden);

#endif
