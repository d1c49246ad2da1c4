/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/leave.h - attach mode: lets every task go so that it does not notice
 *
 * Theory of operation
 *   Problem:    PTRACE_DETACH wants a stopped task, and stopping one that sleeps in a
 *               call ends some calls with EINTR, or begins their time limits anew. One
 *               let go at a syscall-entry stop stays marked as if a signal waited, which
 *               ends the call that follows (kernel/ptrace.c __ptrace_unlink).
 *   Mechanism:  only what has to be undone is interrupted: a call that was replaced,
 *               memory of netjail's that is mapped, a task that runs. It is let go at
 *               the stop it was interrupted for. The others are let go at the exit stop
 *               of their next call, or, when they sleep in a call of their own, by the
 *               end of the tracing thread, which disturbs nobody (exit_ptrace there).
 *   Rejected:   interrupting all, as other tracers do.
 *   Invariants: a task MUST NOT be let go at an entry stop, nor while its registers are
 *               not its own.
 *   Limits:     one that was interrupted and gets no CPU for ten seconds after that is
 *               let go by the end of the tracing thread, too: its call may end with
 *               EINTR.
 *   Midway:     one that is interrupted in a replaced call comes to the exit of that
 *               call, where its handler puts the registers back, and then to the
 *               interruption.
 */
#ifndef NETJAIL_TRACER_LEAVE_H
#define NETJAIL_TRACER_LEAVE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/cleanup.h"

struct task;
struct tracer;

/* From now on SIGTERM, and the end of `for_ms` milliseconds (0 = none), ask to leave.
 * Their handlers make waitpid(2) return, again and again until it is done. */
void leave_listen(uint64_t for_ms);

/* Asks to leave. */
void leave_now(void);

/* waitpid(2) returns EINTR every few milliseconds, or no longer. */
void leave_tick(bool on);

/* True when somebody has asked. */
must_check bool leave_is_wanted(void);

/* Begins to leave when it is wanted; true when the thread may end. */
must_check bool leave_is_over(struct tracer *tracer);

/* At the end of a stop: true when the task has been let go, with `sig`, and is none of
 * ours any more. */
must_check bool leave_detached(struct tracer *tracer, struct task *task, int sig);

#endif
