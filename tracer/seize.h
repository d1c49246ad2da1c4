/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/seize.h - takes a task under trace without waiting for its process
 *
 * Theory of operation
 *   Problem:    the kernel lets PTRACE_SEIZE wait while a thread of the process is in
 *               execve(2) (kernel/ptrace.c, cred_guard_mutex). That thread waits for the
 *               end of all others, and one that is traced already ends when its tracer
 *               has answered: both would wait for ever.
 *   Mechanism:  a signal only starts such a call anew. Its handler jumps out of it.
 *   Rejected:   to look first: the execve(2) may begin after the look.
 *   Invariants: while anything is seized the ticks of tracer/leave MUST come.
 */
#ifndef NETJAIL_TRACER_SEIZE_H
#define NETJAIL_TRACER_SEIZE_H

#include <sys/types.h>

#include "base/cleanup.h"

/* 0, also for one that is under trace of this thread already; -EAGAIN when its process is
 * executing something: what others have to report comes first. */
must_check int seize_task(pid_t tid, unsigned long options);

/* In a signal handler: a seize_task that waits gives up. May not return. */
void seize_tick(void);

#endif
