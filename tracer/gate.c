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
#include <sys/ptrace.h>

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
	else if (!call_asks_filter(tracer, task, call))
		call_begin(tracer, task, call);
	return 0;
}

/* Calls that say EINTR for a signal alone, and that the kernel does not restart
 * (tracer/eintr): a file system of the program's own can answer a read so. */
static const bool waits[SYS_ID_NUM_] = {
	[SYS_ID_EPOLL_WAIT] = true,
	[SYS_ID_EPOLL_PWAIT] = true,
	[SYS_ID_EPOLL_PWAIT2] = true,
	[SYS_ID_RT_SIGTIMEDWAIT] = true,
	[SYS_ID_RT_SIGTIMEDWAIT_TIME64] = true,
	[SYS_ID_SEMOP] = true,
	[SYS_ID_SEMTIMEDOP] = true,
	[SYS_ID_SEMTIMEDOP_TIME64] = true,
	[SYS_ID_IPC] = true,
	[SYS_ID_RECV] = true,
	[SYS_ID_RECVFROM] = true,
	[SYS_ID_RECVMSG] = true,
	[SYS_ID_RECVMMSG] = true,
	[SYS_ID_RECVMMSG_TIME64] = true,
	[SYS_ID_ACCEPT] = true,
	[SYS_ID_ACCEPT4] = true,
	[SYS_ID_IO_GETEVENTS] = true,
	[SYS_ID_IO_PGETEVENTS] = true,
	[SYS_ID_IO_URING_ENTER] = true,
	[SYS_ID_SELECT] = true,
	[SYS_ID_NEWSELECT] = true,
	[SYS_ID_PSELECT6] = true,
	[SYS_ID_PSELECT6_TIME64] = true,
	[SYS_ID_PPOLL] = true,
	[SYS_ID_PPOLL_TIME64] = true,
};

/* A signal for the whole process may have woken this thread, and another one takes it:
 * no stop follows, at which the call could be repaired, but the one asked for here. */
static void await_repair(struct task *task)
{
	struct arch_call call;

	if (!task->awaited && arch_interrupted_get(task->tid, &call) == 0 &&
	    waits[sysnr_id(call.abi, call.nr)] &&
	    ptrace(PTRACE_INTERRUPT, task->tid, 0L, 0L) == 0)
		task->awaited = task->repair.signalled = true;
}

static void leave(struct tracer *tracer, struct task *task, int64_t result)
{
	task->in_call = false;
	task->changes_map = false;
	if (eintr_watches(task))
		(void)!eintr_syscall_stop(task);
	if (task->pending.exit)
		task->pending.exit(tracer, task, result);
	if (result == -EINTR)
		await_repair(task);
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
