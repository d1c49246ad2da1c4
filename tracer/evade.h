/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/evade.h - tells a way round the jail
 */
#ifndef NETJAIL_TRACER_EVADE_H
#define NETJAIL_TRACER_EVADE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "audit/evasion.h"
#include "base/cleanup.h"

struct task;
struct tracer;

/* `outcome`: what became of it, static ("refused", "untold calls fail" ...); `format`:
 * what the program did, escaped when it is printed. */
void evade_tell(struct tracer *tracer, struct task *task, enum evasion evasion,
		const char *outcome, const char *format, ...) printf_format(5, 6);

/* After an exec: tells a program from memory, and a set-uid one that runs without its
 * rights. */
void evade_check_exec(struct tracer *tracer, struct task *task);

/* At a call of the 32-bit ABI: tells it once where the program is a 64-bit one. */
void evade_check_compat(struct tracer *tracer, struct task *task);

/* Our number of the process that the task calls `pid`; 0 when the task is in a process id
 * namespace below ours and nobody that netjail watches has that number there. */
must_check pid_t evade_target(struct tracer *tracer, struct task *task, int32_t pid);

#endif
