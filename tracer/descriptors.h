/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/descriptors.h - what the processes of an attach have open
 */
#ifndef NETJAIL_TRACER_DESCRIPTORS_H
#define NETJAIL_TRACER_DESCRIPTORS_H

#include <sys/types.h>

struct task;
struct tracer;

/* `target` is what the descriptor is a link to (proc(5) /proc/PID/fd), perhaps cut. */
typedef void (*descriptor_fn)(void *context, struct task *task, int fd,
			      const char *target);

/* Each descriptor of a process whose tasks all stand still, by a task that has it.
 * Threads share one table, but for those that have made one of their own. */
void descriptors_visit(struct tracer *tracer, pid_t pid, descriptor_fn visit,
		       void *context);

#endif
