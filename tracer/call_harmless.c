/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/call_harmless.c - attach mode: calls of a program with a seccomp filter of its
 * own
 *
 * Theory of operation
 *   Problem:    at a syscall-entry stop that filter is asked after netjail
 *               (kernel/entry/common.c syscall_trace_enter). It sees a number of -1 as a
 *               call that it does not know, and may kill for it; and what netjail had
 *               made in the program's place by then is made, whatever the filter says.
 *   Mechanism:  a call that is not to run runs in a form that fails at once
 *               (tracer/harmless). One that netjail may make runs so beforehand
 *               (call_asks_filter); if it fails as it has to, the filter has let it pass,
 *               and the program makes it again, to be judged. Else the answer stays.
 *   Invariants: MUST NOT run a call that has no such form: its number is -1 then.
 *   Midway:     asked and let go, the program makes its call as it was.
 */
#include <string.h>

#include "net/sockaddr.h"
#include "tracer/call.h"
#include "tracer/harmless.h"
#include "tracer/life.h"
#include "tracer/shown.h"
#include "tracer/sockid.h"

/* No such call succeeds: it is an errno of 0, or SECCOMP_RET_TRAP, whose handler wants
 * the registers as at the entry. The first argument is the result then on arm64
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

/* ---- asking ---- */

/* Calls that netjail may make in the program's place, and where they name an end. */
static const struct {
	bool carried;
	unsigned name; /* 0 = not in registers */
	enum event_shape shape;
} asked[SYS_ID_NUM_] = {
	[SYS_ID_CONNECT] = {true, 1, EVENT_FD_END},
	[SYS_ID_BIND] = {true, 1, EVENT_FD_END},
	[SYS_ID_LISTEN] = {true, 0, EVENT_FD_NUMBER},
	[SYS_ID_SENDTO] = {true, 4, EVENT_FD_BYTES_END},
	[SYS_ID_SENDMSG] = {true, 0, EVENT_FD_BYTES_END},
	[SYS_ID_SENDMMSG] = {true, 0, EVENT_FD_BYTES_END},
	[SYS_ID_SOCKETCALL] = {true, 0, EVENT_FD_END},
	[SYS_ID_PIDFD_SEND_SIGNAL] = {true, 0, EVENT_FD_END},
};

/* Tells what the filter said where the call is known to name an end. */
static void tell_answer(struct call *call, int64_t result)
{
	unsigned name = asked[call->id].name;
	uint8_t bytes[ENDPOINT_RAW_MAX];
	uint64_t len = name ? (uint32_t)call->args[name + 1] : 0;

	call->event.call = sysnr_name(call->id);
	call->event.fd = (int32_t)call->args[0];
	call->event.shape = asked[call->id].shape;
	if (call->id == SYS_ID_SENDTO)
		call->event.bytes = call->args[2];
	life_call_begins(call->tracer, &call->event);
	shown_begin(call);
	if (len && len <= sizeof(bytes) &&
	    mem_read(call->task->tid, (struct remote){call->args[name]}, bytes, len) ==
		    0 &&
	    sockaddr_decode(bytes, len, &call->event.end) == 0) {
		call->event.has_end = true;
		call_tell(call->tracer, call->task, &call->event, result);
	}
	shown_end(call->tracer, call->task, result);
}

static void exit_asked(struct tracer *tracer, struct task *task, int64_t result)
{
	struct call call = {.tracer = tracer, .task = task, .arch = task->pending.call};
	const struct harmless *form;

	call.id = sysnr_id(call.arch.abi, call.arch.nr);
	call.word = abi_get(call.arch.abi)->word;
	memcpy(call.args, call.arch.args, sizeof(call.args));
	form = harmless_form(call.arch.abi, call.id);
	if (form && result == form->error) {
		call_again_asked(task);
		return;
	}
	/* Interrupted: who listens to the filter has not answered yet. */
	if (!is_of_filter(result) && !arch_is_interrupted(result) &&
	    call.id != SYS_ID_SOCKETCALL)
		tell_answer(&call, result);
	call_is_over(task);
	end_with(task, result);
}

/* A call that was interrupted, or found waiting, has passed the filter. */
bool call_asks_filter(struct tracer *tracer, struct task *task,
		      const struct arch_call *arch)
{
	struct call call = {.tracer = tracer, .task = task, .arch = *arch};
	bool passed = task->has_passed && call_is_same(&task->passed, arch);
	int failed;

	task->has_passed = false;
	if (passed || !call_has_to_be_harmless(&call) ||
	    task->repair.state == REPAIR_RUNNING ||
	    !asked[sysnr_id(arch->abi, arch->nr)].carried)
		return false;
	failed = call_make_harmless(&call, 0);
	task->pending.exit = exit_asked;
	task->pending.call = *arch;
	call_must_apply(task, failed);
	return true;
}
