/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/call_harmless.c - attach mode: calls of a program with a seccomp filter of its own
 *
 * Theory of operation
 *   Problem:    at a syscall-entry stop that filter is asked after netjail
 *               (kernel/entry/common.c syscall_trace_enter). It sees a number of -1 as a
 *               call that it does not know, and may kill for it.
 *   Mechanism:  a call that is not to run runs in a form that fails at once
 *               (tracer/harmless).
 *   Invariants: MUST NOT run a call that has no such form: its number is -1 then.
 */
#include <string.h>

#include "tracer/call.h"
#include "tracer/harmless.h"

/* No such call succeeds: it is an errno of 0, or SECCOMP_RET_TRAP, whose handler wants the
 * registers as at the entry. The first argument is the result then on arm64
 * (syscall_rollback in arch/arm64/include/asm/syscall.h). */
static bool is_of_filter(int64_t result)
{
	return result >= 0;
}

static void end_with(struct task *task, int64_t result)
{
	const struct arch_regs *saved = &task->pending.saved;

	if (result == HARMLESS_DESCRIPTOR)
		result = (int64_t)saved->result;
	call_must_apply(task, arch_call_finish(task->tid, saved, result));
	task_settle(task);
}

/* The exit stop of a call that was made harmless. */
static void exit_harmless(struct tracer *tracer, struct task *task, int64_t result)
{
	(void)tracer;
	end_with(task, is_of_filter(result) ? result : task->pending.result);
}

/* Of one that did not run at all: no result is the filter's. */
static void exit_skipped(struct tracer *tracer, struct task *task, int64_t result)
{
	(void)tracer;
	(void)result;
	end_with(task, task->pending.result);
}

int call_make_harmless(struct call *call, int64_t result)
{
	struct pending *pending = &call->task->pending;
	const struct arch_call *arch = &call->arch;
	const struct harmless *form =
		harmless_form(arch->abi, sysnr_id(arch->abi, arch->nr));
	uint64_t args[6];
	int failed;

	memcpy(args, arch->args, sizeof(args));
	if (form)
		args[form->arg] = (uint64_t)(int64_t)form->value;
	failed = arch_call_replace(call->task->tid, arch, form ? arch->nr : -1, args,
				   &pending->saved);
	pending->replaced = !failed;
	pending->exit = form ? exit_harmless : exit_skipped;
	pending->result = result;
	return failed;
}

bool call_has_to_be_harmless(const struct call *call)
{
	return call->tracer->gate && call->task->own_filter;
}
