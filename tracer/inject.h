/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/inject.h - makes a stopped task make calls of ours, so that it does not notice
 *
 * MUST block every signal meanwhile: a handler of the program's would run between two of
 * our calls. MUST leave a death to tracer/loop, which alone removes tasks.
 */
#ifndef NETJAIL_TRACER_INJECT_H
#define NETJAIL_TRACER_INJECT_H

#include <signal.h>
#include <stdbool.h>

#include "arch/sysnr.h"
#include "tracer/task.h"

struct injection {
	struct task *task;
	const struct arch_call *call; /* the program's own call that stands at its stop */
	struct arch_regs saved;
	uint64_t mask;   /* the program's signal mask */
	bool begun;      /* a call of ours has run: the task stands at its exit stop */
	int stop_signal; /* that came meanwhile, 0 = none: it is sent again at the end */
};

/* At the seccomp stop of `call`. 0 or -errno; nothing to undo on failure. */
must_check int inject_begin(struct injection *injection, struct task *task,
			    const struct arch_call *call);

/* Runs one call; its result, or what ptrace said (-ESRCH: the task is gone) in
 * *ret_failed. */
must_check int64_t inject_call(struct injection *injection, enum sys_id id,
			       const uint64_t args[static 6], int *ret_failed);

/* The program makes its own call again, with its own signal mask: a new stop follows. */
must_check int inject_end(struct injection *injection);

#endif
