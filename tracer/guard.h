/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/guard.h - attach mode: keeps the sealed memory where it is without mseal(2), so
 * that it can be taken away again
 *
 * Theory of operation
 *   Problem:    mseal(2) is for ever: a program that was attached to would keep a mapping
 *               of netjail's after it has been let go.
 *   Mechanism:  every call of every thread stops here anyway. Those that could unmap or
 *               cover the memory are few, and name what they change in registers: at
 *               their entry they get EPERM, as from a sealed mapping. The kernel itself
 *               refuses to make the mapping writable (it is shared, and of a descriptor
 *               that is read-only). Leaving unmaps it.
 *   Rejected:   carrying AF_UNIX calls out, as before Linux 6.10: peers would see netjail
 *               all of a sudden, and descriptors could not be passed any more.
 *   Invariants: MUST NOT map while a thread that shares the memory is inside such a call:
 *               its entry was judged before there was anything to guard.
 *               MUST guard against every task that shares the memory, whatever process
 *               it belongs to (vfork(2), clone(2) CLONE_VM).
 */
#ifndef NETJAIL_TRACER_GUARD_H
#define NETJAIL_TRACER_GUARD_H

#include <stdbool.h>

#include "arch/arch.h"
#include "base/cleanup.h"

struct call;
struct task;
struct tracer;

/* At the entry of any call; true when it has been refused or replaced. */
must_check bool guard_enter(struct tracer *tracer, struct task *task,
			    const struct arch_call *call);

/* True while a task that shares the memory of `task` is inside a call that may unmap
 * something. */
must_check bool guard_is_busy(struct tracer *tracer, struct task *task);

/* Before the memory is used: forgets where it was when it is no longer there. False while
 * a call that may take it away is in progress. */
must_check bool guard_settles(struct tracer *tracer, struct task *task);

/* The memory has been mapped at task->seal_at: all who share it know, so that one of them
 * remembers when the one that has asked for it has ended. */
void guard_mapped(struct tracer *tracer, const struct task *task);

/* A new task, which may share what its maker has. */
void guard_born(struct task *child, const struct task *maker);

/* At the entry of any call: PR_SET_DUMPABLE 0, which `put_off` says the gate answers in
 * the kernel's place (tracer/filter.h keep_dumpable), is made up for by guard_leave,
 * unless the program takes it back. */
void guard_dumpable(struct tracer *tracer, struct task *task,
		    const struct arch_call *call, bool put_off);

/* Something of netjail's is to be undone in the task's memory: guard_leave does. */
must_check bool guard_has_business(const struct task *task);

/* Tells of what stays behind in the memory of the task. */
void guard_tell_left(struct tracer *tracer, const struct task *task);

/* At the entry of a call while netjail leaves: undoes it when `task` is the one that is
 * to do so; the program then makes its call again. */
void guard_leave(struct tracer *tracer, struct task *task, const struct arch_call *call);

#endif
