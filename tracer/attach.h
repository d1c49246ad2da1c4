/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/attach.h - takes hold of programs that run already, with all their threads and
 * children
 *
 * Theory of operation
 *   Problem:    threads and children come and go while they are looked for, and what has
 *               not been stopped yet can act on what has: unmap its memory, change its
 *               descriptors.
 *   Mechanism:  passes over /proc: every thread is seized and asked to stop, every
 *               child of a process is one more process, until a pass finds nothing new;
 *               what a seized task makes is seized by the kernel. No task goes on before
 *               all have stopped: then the open sockets are looked at, and all are let go
 *               on together, each from where it stood.
 *   Rejected:   letting each task go on as it stops, which leaves a time in which some
 *               are watched and some are not.
 *   Midway:     one that cannot be stopped (it waits in vfork(2) for its child, or for a
 *               disk) is not waited for: it stops before it runs again.
 */
#ifndef NETJAIL_TRACER_ATTACH_H
#define NETJAIL_TRACER_ATTACH_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/cleanup.h"

struct task;
struct tracer;

/* The processes of an attach. */
struct attached {
	pid_t *pids; /* heap: attached_free */
	size_t count;
	size_t threads;
	pid_t *unwatched; /* what could not be had, of those processes: told once */
	size_t unwatched_count;
};

/* Seizes and stops them all. 0; -EINTR when netjail has been asked to leave; or another
 * -errno with one line printed. Whatever was seized is in the table even then: it has to
 * be released, and left. */
must_check int attach_all(struct tracer *tracer, struct attached *ret_attached);

/* At a stop: where programs end with netjail, this one does by the kernel's hand. Not
 * before all are had: an attach that fails ends nobody. */
void attach_end_with_netjail(const struct tracer *tracer, const struct task *task);

/* At the first stop of a task that another one has made: true when it has been let go,
 * because children are not to be watched. */
must_check bool attach_lets_be(struct tracer *tracer, struct task *task);

/* All go on, from where they stood. */
void attach_release(struct tracer *tracer);

void attached_free(struct attached *attached);

/* So long a process that executes something is waited for: a thread of it that another
 * tracer holds keeps it in execve(2) for ever, and all others stand meanwhile. */
#define ATTACH_EXECUTES_S_MAX 10

/* Why the kernel does not let us have a process, or we do not want it, as one printed
 * line; `error` is that of PTRACE_SEIZE. tracer/attach_why.c */
void attach_explain(pid_t pid, pid_t front, int error);

/* True for netjail's own processes, and for those that have started it. */
must_check bool attach_is_own(pid_t pid, pid_t front);

#endif
