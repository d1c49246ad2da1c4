/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/gate.h - attach mode: which of all calls are looked at, where no filter chooses
 *
 * Theory of operation
 *   Problem:    no filter can be put into a running program and taken out again, so
 *               that it stops twice at each of its calls, nearly all of which are
 *               nobody's business.
 *   Mechanism:  the filter of a run is built all the same, and run here on what the
 *               kernel says of the call: what would stop in run mode goes to its handler,
 *               what would fail fails. An answer that the number alone decides is
 *               remembered, as the kernel does.
 *   Rejected:   a second table of what is worth a look, which would have to agree with
 *               the filter in every condition.
 */
#ifndef NETJAIL_TRACER_GATE_H
#define NETJAIL_TRACER_GATE_H

#include <stdbool.h>
#include <stdint.h>

#include "arch/arch.h"
#include "tracer/filter.h"

struct task;
struct tracer;

#define GATE_NUMBERS 512

struct gate {
	struct filter filter;
	bool passes[ABI_NUM_][GATE_NUMBERS]; /* whatever the arguments are */
	/* The instruction of the filter that first looks at arguments; 0: not known. */
	uint16_t looks[ABI_NUM_][GATE_NUMBERS];
};

/* A syscall stop of a task that stops at every call. 0 or -errno of arch_stop_get. */
must_check int gate_stop(struct tracer *tracer, struct task *task);

/* Pure: the filter's answer, SECCOMP_RET_*. */
must_check uint32_t gate_ask(struct gate *gate, const struct arch_call *call);

#endif
