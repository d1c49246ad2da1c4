/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/gate.c - attach mode: which of all calls are looked at, where no filter chooses
 *
 * MUST ask the kernel at each stop whether it is an entry or an exit: a program that
 * could make netjail lose count would have its calls taken for their ends.
 */
#include "tracer/gate.h"

#include <errno.h>
#include <linux/seccomp.h>
#include <string.h>

#include "tracer/call.h"
#include "tracer/filter_run.h"
#include "tracer/guard.h"

uint32_t gate_ask(struct gate *gate, const struct arch_call *call)
{
	struct seccomp_data data = {.nr = call->nr,
				    .arch = abi_get(call->abi)->audit_arch};
	bool indexed = call->nr >= 0 && call->nr < GATE_NUMBERS;
	uint32_t answer;
	uint16_t from;

	if (indexed && gate->passes[call->abi][call->nr])
		return SECCOMP_RET_ALLOW;
	for (unsigned i = 0; i < 6; i++)
		data.args[i] = call->args[i];
	if (indexed && gate->looks[call->abi][call->nr])
		return filter_run_from(&gate->filter, &data,
				       gate->looks[call->abi][call->nr]);
	if (!filter_run_number(&gate->filter, &data, &answer, &from)) {
		if (indexed)
			gate->looks[call->abi][call->nr] = from;
		return filter_run_from(&gate->filter, &data, from);
	}
	if (indexed && answer == SECCOMP_RET_ALLOW)
		gate->passes[call->abi][call->nr] = true;
	return answer;
}

/* 0 or -errno of the look at a repaired call. */
static int enter(struct tracer *tracer, struct task *task, struct arch_call *call)
{
	uint32_t answer;
	int failed;

	task->in_call = true;
	/* What runs is what is judged: a repair may have changed the call. */
	if (eintr_watches(task) && eintr_syscall_stop(task)) {
		failed = arch_call_get(task->tid, call);
		if (failed || call->nr < 0)
			return failed;
	}
	if (task->begun)
		call_forget_others(task, call);
	if (tracer->leaving && !task->batch.set) {
		guard_leave(tracer, task, call);
		return 0;
	}
	if (guard_enter(tracer, task, call))
		return 0;
	answer = gate_ask(tracer->gate, call);
	if (task->dumpable || answer == SECCOMP_RET_ERRNO)
		guard_dumpable(tracer, task, call, answer == SECCOMP_RET_ERRNO);
	if (answer == SECCOMP_RET_ALLOW)
		return 0;
	if ((answer & SECCOMP_RET_ACTION_FULL) == SECCOMP_RET_ERRNO)
		call_deny(tracer, task, call, (int)(answer & SECCOMP_RET_DATA));
	else
		call_begin(tracer, task, call);
	return 0;
}

static void leave(struct tracer *tracer, struct task *task, int64_t result)
{
	task->in_call = false;
	task->changes_map = false;
	if (eintr_watches(task))
		(void)!eintr_syscall_stop(task);
	if (task->pending.exit)
		task->pending.exit(tracer, task, result);
}

int gate_stop(struct tracer *tracer, struct task *task)
{
	struct arch_stop stop;
	int failed = arch_stop_get(task->tid, &stop);

	if (failed)
		return failed;
	if (stop.entry)
		return enter(tracer, task, &stop.call);
	leave(tracer, task, stop.result);
	return 0;
}
