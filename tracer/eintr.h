/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/eintr.h - hides from a program that a signal it ignores has stopped it
 *
 * Theory of operation
 *   Problem:    a ptrace tracer is told of every signal, ignored ones too; the stop ends
 *               a sleeping call with EINTR where natively nothing would have happened
 *               (signal(7) lists the calls: epoll_wait, sigtimedwait, receives with a
 *               time limit ...).
 *   Mechanism:  eintr_repair makes the program call again, and then looks at the entry
 *               and the exit of that call (eintr_syscall_stop): a time limit is shortened
 *               by what has passed since the first repair, or ends the call when it is
 *               over.
 *   Invariants: MUST NOT hide a signal that has a handler, nor the end of a job control
 *               stop.
 *   Midway:     a second signal that comes before the call has begun again takes the
 *               repair back.
 */
#ifndef NETJAIL_TRACER_EINTR_H
#define NETJAIL_TRACER_EINTR_H

#include <stdbool.h>
#include <stdint.h>

#include "arch/arch.h"

struct task;

enum repair_state {
	REPAIR_NONE = 0,
	REPAIR_REWOUND,     /* the program is about to make its call again */
	REPAIR_RUNNING,     /* it stands in that call */
	REPAIR_INTERRUPTED, /* that call has returned EINTR: a signal stop follows */
	REPAIR_RESTARTING,  /* the kernel is about to restart its call, as another one */
};

struct repair {
	enum repair_state state;
	bool limited; /* the call has a time limit, which is over at `deadline_ns` */
	int64_t deadline_ns; /* CLOCK_MONOTONIC */
	int64_t expired;     /* what the call returns then */
	bool shortened;      /* its limit is a register, changed until the exit */
	bool signalled;      /* it has been repaired for a signal: more may come */
	bool stands;         /* at its last stop, to be let go with `last_signal` */
	int last_signal;
	uint64_t masked;   /* signals that waited when it was wound back */
	int32_t restarted; /* REPAIR_RESTARTING: the number of its call */
	struct arch_regs saved;
};

/* At the delivery stop of `sig`: makes the interrupted call again when nobody but
 * netjail was waiting for that signal. What the kernel restarts by restart_syscall(2) is
 * `attached` restarted by its own number where the program has a filter of its own; in a
 * run it is let be, as that knows better how much of a limit is left. */
void eintr_repair(struct task *task, int sig, bool attached);

/* At a stop that netjail itself has asked for (PTRACE_INTERRUPT): the same, unless a
 * signal waits that would have interrupted the call anyway. */
void eintr_repair_trap(struct task *task);

/* At a syscall stop: true when it was the entry of a call that is made again. */
must_check bool eintr_syscall_stop(struct task *task);

/* True while the entry and exit of the call must be seen. */
must_check bool eintr_watches(const struct task *task);

#endif
