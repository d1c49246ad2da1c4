/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * arch/arch.h - the contract of a CPU: read a stopped call, skip it, change it, undo it
 *
 * Every function works on a task that is in a ptrace stop of ours, in any of its ABIs (a
 * 64-bit task may make 32-bit calls). Errors are -errno of ptrace(2); -ESRCH means that
 * the task was killed meanwhile and is no error of ours.
 */
#ifndef NETJAIL_ARCH_ARCH_H
#define NETJAIL_ARCH_ARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "arch/abi.h"
#include "base/cleanup.h"

/* A call as its program made it, arguments as 64-bit values (a 32-bit ABI's are
 * zero-extended). */
struct arch_call {
	enum abi_id abi;
	int32_t nr;
	uint64_t args[6];
	uint64_t sp; /* stack pointer */
};

/* Every register of a stopped task, to be put back; opaque outside arch/. */
struct arch_regs {
	size_t len; /* bytes used of `bytes` */
	_Alignas(16) uint8_t bytes[512];
	int64_t nr;      /* the call's number */
	uint64_t result; /* result register then: on aarch64 also the first argument */
};

/* The ABI of this program itself, and the 32-bit one that the kernel may run beside
 * it. */
enum abi_id arch_native_abi(void);
enum abi_id arch_compat_abi(void);

/* The call a task stands in: at a seccomp stop or a syscall-entry stop. -ENOENT at
 * another. */
must_check int arch_call_get(pid_t tid, struct arch_call *ret_call);

/* A syscall stop of a task that stops at every call. */
struct arch_stop {
	bool entry;
	struct arch_call call; /* at an entry */
	int64_t result;        /* at an exit, sign-extended */
};

/* Which of the two it is, and what is known there, with one question to the kernel.
 * -ENOSYS where the kernel does not say (before Linux 5.3); -ENOENT at another stop. */
must_check int arch_stop_get(pid_t tid, struct arch_stop *ret_stop);

/* Results that only the kernel sees: it restarts the call, or makes EINTR of them
 * (include/linux/errno.h). */
#define ERESTARTSYS           512
#define ERESTART_RESTARTBLOCK 516

static inline bool arch_is_interrupted(int64_t result)
{
	return result <= -ERESTARTSYS && result >= -ERESTART_RESTARTBLOCK;
}

/* Skips the call: the program sees `result` (-errno or a value) and nothing runs in the
 * kernel. One stop is enough: the task may be resumed with PTRACE_CONT. At an entry stop
 * too: the exit stop that may follow needs nothing. */
must_check int arch_call_skip(pid_t tid, int64_t result);

/* Makes the task run another call of the same ABI instead, and saves all registers first.
 * At its syscall-exit stop arch_call_finish or arch_call_again must be called. Where
 * finish may get an -ERESTART* result, args[0] has to be the call's own first argument:
 * newer aarch64 kernels let the restarted call have the one that was set here. */
must_check int arch_call_replace(pid_t tid, const struct arch_call *call, int32_t nr,
				 const uint64_t args[static 6],
				 struct arch_regs *ret_saved);

/* At the syscall-exit stop: the result of the call that ran: -errno, or a value, which in
 * a 32-bit ABI has no sign. */
must_check int arch_result_get(pid_t tid, int64_t *ret_result);
/* The same at PTRACE_EVENT_EXIT, for a task that was killed before it could stop at the
 * exit of its call. A call that did not run to its end may look like one that did. */
must_check int arch_result_get_exiting(pid_t tid, int64_t *ret_result);

/* At the syscall-exit stop: all registers as they were at the entry, with the original
 * number, and `result` as what the program's own call returned. An -ERESTART* result
 * makes the kernel restart the program's own call, or return EINTR, as signal(7) says. */
must_check int arch_call_finish(pid_t tid, const struct arch_regs *saved, int64_t result);

/* At the syscall-exit stop: the program makes its own call again from the start, at once,
 * with all registers as at its entry. */
must_check int arch_call_again(pid_t tid, const struct arch_regs *saved);

/* At the syscall-exit stop of a call of ours: the task makes one more, from the
 * instruction of its own call. Resumed with PTRACE_SYSCALL it passes an entry stop and
 * then an exit stop. */
must_check int arch_call_inject(pid_t tid, const struct arch_call *call,
				const struct arch_regs *saved, int32_t nr,
				const uint64_t args[static 6]);

/* At a signal-delivery stop: if the task was in a call that has just returned -EINTR,
 * what call (abi and number; arguments are not filled) it was; -ENOENT when it was in
 * none or its result is another. */
must_check int arch_interrupted_get(pid_t tid, struct arch_call *ret_call);

/* At a signal-delivery stop in a call that the kernel is about to restart: its number,
 * which a restart_syscall(2) does not tell any more. -ENOENT: in no such call. */
must_check int arch_restarted_nr(pid_t tid, int32_t *ret_nr);

/* At a syscall-entry stop: the call gets that number, arguments and all else stay. */
must_check int arch_call_rename(pid_t tid, int32_t nr);

/* At a signal-delivery stop after arch_interrupted_get: makes the task run that call
 * again. An error when its first argument cannot be learned (aarch64 before Linux 5.3).
 */
must_check int arch_interrupted_rewind(pid_t tid);

/* At a signal-delivery stop after arch_interrupted_rewind: the call has returned
 * -EINTR after all. */
must_check int arch_interrupted_undo(pid_t tid);

/* At a stop after arch_interrupted_rewind, when the task is let go there: the kernel
 * makes the call again, or lets it return -EINTR when a signal with a handler has come by
 * then. -ENOTSUP: the kernel has decided that before its stops (aarch64): it stays
 * rewound. */
must_check int arch_interrupted_hand_over(pid_t tid);

/* A call that sleeps `ms` milliseconds and takes no pointer from the program's memory
 * that matters; may write to memory below the stack pointer. Fills number and arguments
 * for arch_call_replace. A signal makes its result -ERESTART_RESTARTBLOCK (-516, poll) or
 * -ERESTARTNOHAND (-514, ppoll), which belong to that call alone: give arch_call_finish
 * -ERESTARTSYS (-512) instead. */
must_check int arch_sleep_call(pid_t tid, const struct arch_call *call, unsigned ms,
			       int32_t *ret_nr, uint64_t ret_args[static 6]);

/* Where a 64-bit task stands: its program counter, stack pointer and frame pointer.
 * -ENOTSUP for a 32-bit one. */
struct arch_frame {
	uint64_t pc, sp, fp;
};
must_check int arch_frame_get(pid_t tid, struct arch_frame *ret_frame);

/* A return address as it was before the CPU signed it (aarch64 pointer
 * authentication). */
uint64_t arch_return_address(pid_t tid, uint64_t address);

#endif
