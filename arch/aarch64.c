/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * arch/aarch64.c - registers of aarch64 and AArch32 (arm) calls, by a 64-bit tracer
 *
 * Theory of operation
 *   Problem:    the first argument and the result share x0, and the number that the
 *               kernel runs is no register of the program: x8 (r7) stays what it was.
 *   Mechanism:  the number is NT_ARM_SYSTEM_CALL, the rest NT_PRSTATUS. The first
 *               argument of the program's own call is in orig_x0, which no regset
 *               writes; a restart (arch/arm64/kernel/signal.c do_signal) is x0 := orig_x0
 *               and pc back: what was turned into another call restarts as it was made.
 *   Invariants: a skipped call MUST get its result into x0: with the number at -1 alone
 *               it returns its own first argument. The number MUST be -1 wherever this
 *               file moves pc, or the kernel moves it again.
 *   Midway:     at syscall stops x7 (r12) reads as a marker and is not written
 *               (arch/arm64/kernel/ptrace.c report_syscall).
 */
#include "arch/callinfo.h"

#include <assert.h>
#include <elf.h>
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <sys/user.h>

#define NO_SYSCALL (-1)       /* arch/arm64/include/asm/ptrace.h */
#define SVC_64     0xd4000001 /* svc #0 */
#define SVC_ARM    0xef000000 /* svc #0, always */
#define SVC_THUMB  0xdf00     /* svc #0 */
#define CPSR_THUMB 0x20

/* NT_PRSTATUS of a task, 64-bit or AArch32: its length tells which. */
struct regs {
	size_t len;
	union {
		struct user_regs_struct wide;
		uint32_t narrow[18]; /* r0-r15, cpsr, orig_r0 (compat_gpr_get) */
	};
};

enum { NARROW_NR = 7, NARROW_SP = 13, NARROW_PC = 15, NARROW_CPSR, NARROW_ORIG_R0 };

static_assert(sizeof(struct user_regs_struct) <= sizeof(((struct arch_regs *)0)->bytes),
	      "arch_regs holds every register");

static int regs_get(pid_t tid, struct regs *ret_regs)
{
	struct iovec part = {&ret_regs->wide, sizeof(ret_regs->wide)};

	if (ptrace(PTRACE_GETREGSET, tid, NT_PRSTATUS, &part) < 0)
		return -errno;
	ret_regs->len = part.iov_len;
	return 0;
}

static int regs_put(pid_t tid, struct regs *regs)
{
	struct iovec part = {&regs->wide, regs->len};

	return ptrace(PTRACE_SETREGSET, tid, NT_PRSTATUS, &part) < 0 ? -errno : 0;
}

static bool is_narrow(const struct regs *regs)
{
	return regs->len == sizeof(regs->narrow);
}

static uint64_t reg(const struct regs *regs, unsigned i)
{
	return is_narrow(regs) ? regs->narrow[i] : regs->wide.regs[i];
}

static void reg_set(struct regs *regs, unsigned i, uint64_t value)
{
	if (is_narrow(regs))
		regs->narrow[i] = (uint32_t)value;
	else
		regs->wide.regs[i] = value;
}

static enum abi_id abi_of(const struct regs *regs)
{
	return is_narrow(regs) ? ABI_ARM : ABI_AARCH64;
}

static int32_t program_nr(const struct regs *regs)
{
	return (int32_t)(is_narrow(regs) ? regs->narrow[NARROW_NR] : regs->wide.regs[8]);
}

static void program_nr_set(struct regs *regs, int32_t nr)
{
	reg_set(regs, is_narrow(regs) ? NARROW_NR : 8, (uint32_t)nr);
}

static uint64_t sp_of(const struct regs *regs)
{
	return is_narrow(regs) ? regs->narrow[NARROW_SP] : regs->wide.sp;
}

/* AArch32 errors are 32 bits wide; other results, addresses among them, have no sign. */
static int64_t result_of(const struct regs *regs)
{
	if (!is_narrow(regs))
		return (int64_t)regs->wide.regs[0];
	if (regs->narrow[0] >= (uint32_t)-4095) /* MAX_ERRNO of <linux/err.h> */
		return (int32_t)regs->narrow[0];
	return regs->narrow[0];
}

static unsigned insn_len(const struct regs *regs)
{
	return is_narrow(regs) && regs->narrow[NARROW_CPSR] & CPSR_THUMB ? 2 : 4;
}

static uint64_t insn_address(const struct regs *regs)
{
	uint64_t pc = is_narrow(regs) ? regs->narrow[NARROW_PC] : regs->wide.pc;

	return pc - insn_len(regs);
}

static void pc_to_insn(struct regs *regs)
{
	if (is_narrow(regs))
		regs->narrow[NARROW_PC] = (uint32_t)insn_address(regs);
	else
		regs->wide.pc = insn_address(regs);
}

static int nr_set(pid_t tid, int32_t nr)
{
	struct iovec part = {&nr, sizeof(nr)};

	return ptrace(PTRACE_SETREGSET, tid, NT_ARM_SYSTEM_CALL, &part) < 0 ? -errno : 0;
}

enum abi_id arch_native_abi(void)
{
	return ABI_AARCH64;
}

enum abi_id arch_compat_abi(void)
{
	return ABI_ARM;
}

int callinfo_call_from_regs(pid_t tid, struct arch_call *ret_call)
{
	int32_t nr = NO_SYSCALL;
	struct iovec part = {&nr, sizeof(nr)};
	struct regs regs;
	int error = regs_get(tid, &regs);

	if (error)
		return error;
	if (ptrace(PTRACE_GETREGSET, tid, NT_ARM_SYSTEM_CALL, &part) < 0)
		return -errno;
	ret_call->abi = abi_of(&regs);
	ret_call->nr = nr;
	for (unsigned i = 0; i < 6; i++)
		ret_call->args[i] = reg(&regs, i);
	ret_call->sp = sp_of(&regs);
	return 0;
}

int callinfo_result_from_regs(pid_t tid, int64_t *ret_result)
{
	struct regs regs;
	int error = regs_get(tid, &regs);

	if (error)
		return error;
	*ret_result = result_of(&regs);
	return 0;
}

int arch_call_skip(pid_t tid, int64_t result)
{
	struct regs regs;
	int error = regs_get(tid, &regs);

	if (error)
		return error;
	error = nr_set(tid, NO_SYSCALL);
	if (error)
		return error;
	reg_set(&regs, 0, (uint64_t)result);
	return regs_put(tid, &regs);
}

static void regs_save(const struct regs *regs, const struct arch_call *call,
		      struct arch_regs *ret_saved)
{
	ret_saved->len = regs->len;
	memcpy(ret_saved->bytes, &regs->wide, regs->len);
	ret_saved->nr = call->nr;
	ret_saved->result = reg(regs, 0);
}

static void regs_load(const struct arch_regs *saved, struct regs *ret_regs)
{
	ret_regs->len = saved->len;
	memcpy(&ret_regs->wide, saved->bytes, saved->len);
}

int arch_call_replace(pid_t tid, const struct arch_call *call, int32_t nr,
		      const uint64_t args[static 6], struct arch_regs *ret_saved)
{
	struct regs regs;
	int error = regs_get(tid, &regs);

	if (error)
		return error;
	regs_save(&regs, call, ret_saved);
	for (unsigned i = 0; i < 6; i++)
		reg_set(&regs, i, args[i]);
	error = regs_put(tid, &regs);
	return error ? error : nr_set(tid, nr);
}

int arch_call_finish(pid_t tid, const struct arch_regs *saved, int64_t result)
{
	struct regs regs;
	int error;

	regs_load(saved, &regs);
	reg_set(&regs, 0, (uint64_t)result);
	error = regs_put(tid, &regs);
	return error ? error : nr_set(tid, (int32_t)saved->nr);
}

/* Back to the call's instruction, with these registers. */
static int run_again(pid_t tid, struct regs *regs)
{
	int error = nr_set(tid, NO_SYSCALL);

	pc_to_insn(regs);
	return error ? error : regs_put(tid, regs);
}

int arch_call_again(pid_t tid, const struct arch_regs *saved)
{
	struct regs regs;

	regs_load(saved, &regs);
	return run_again(tid, &regs);
}

int arch_call_inject(pid_t tid, const struct arch_call *call,
		     const struct arch_regs *saved, int32_t nr,
		     const uint64_t args[static 6])
{
	struct regs regs;

	(void)call;
	regs_load(saved, &regs);
	for (unsigned i = 0; i < 6; i++)
		reg_set(&regs, i, args[i]);
	program_nr_set(&regs, nr);
	return run_again(tid, &regs);
}

static bool is_svc(const struct regs *regs, uint64_t word)
{
	if (!is_narrow(regs))
		return (uint32_t)word == SVC_64;
	if (insn_len(regs) == 2)
		return (uint16_t)word == SVC_THUMB;
	return (uint32_t)word == SVC_ARM;
}

/* The kernel has forgotten the number by then (forget_syscall in do_signal); the
 * program's own copy, the result and the instruction before pc must do. A signal that
 * stayed blocked until the return from another signal's handler looks the same: rare, and
 * then a call that the handler's signal did interrupt is taken for one of ours. */
int arch_interrupted_get(pid_t tid, struct arch_call *ret_call)
{
	struct regs regs;
	uint64_t word;
	int error = regs_get(tid, &regs);

	if (error)
		return error;
	if (result_of(&regs) != -EINTR || program_nr(&regs) < 0)
		return -ENOENT;
	error = callinfo_peek(tid, insn_address(&regs), &word);
	if (error == -EIO || (!error && !is_svc(&regs, word)))
		return -ENOENT;
	if (error)
		return error;
	ret_call->abi = abi_of(&regs);
	ret_call->nr = program_nr(&regs);
	ret_call->sp = sp_of(&regs);
	return 0;
}

/* The first argument of a call whose result is in x0 already. An AArch32 task's orig_x0
 * is a register of its own. A 64-bit task's is told by PTRACE_GET_SYSCALL_INFO alone, at
 * a seccomp stop, which that knows by the stop's siginfo (kernel/ptrace.c): it gets that
 * of one for so long. Giving the call its number back, for /proc/TID/syscall, is no way:
 * newer kernels then copy the result to orig_x0 (update_syscall_orig_x0_after_ptrace). */
static int first_arg(pid_t tid, const struct regs *regs, uint64_t *ret_first)
{
	struct __ptrace_syscall_info info;
	siginfo_t own, seccomp;
	long size;
	int error;

	if (is_narrow(regs)) {
		*ret_first = regs->narrow[NARROW_ORIG_R0];
		return 0;
	}
	if (ptrace(PTRACE_GETSIGINFO, tid, 0, &own) < 0)
		return -errno;
	seccomp = own;
	seccomp.si_code = SIGTRAP | PTRACE_EVENT_SECCOMP << 8;
	if (ptrace(PTRACE_SETSIGINFO, tid, 0, &seccomp) < 0)
		return -errno;
	size = ptrace(PTRACE_GET_SYSCALL_INFO, tid, sizeof(info), &info);
	error = size < 0 ? -errno : 0;
	if (ptrace(PTRACE_SETSIGINFO, tid, 0, &own) < 0)
		return -errno;
	if (!error && info.op != PTRACE_SYSCALL_INFO_SECCOMP)
		error = -ENOENT;
	if (!error)
		*ret_first = info.seccomp.args[0];
	return error;
}

/* The kernel has gone back to the instruction by then (do_signal). */
int arch_restarted_nr(pid_t tid, int32_t *ret_nr)
{
	struct regs regs;
	uint64_t word;

	if (regs_get(tid, &regs) != 0 ||
	    callinfo_peek(tid, insn_address(&regs) + insn_len(&regs), &word) != 0 ||
	    !is_svc(&regs, word))
		return -ENOENT;
	*ret_nr = program_nr(&regs);
	return 0;
}

int arch_call_rename(pid_t tid, int32_t nr)
{
	struct regs regs;
	int error = regs_get(tid, &regs);

	if (error)
		return error;
	program_nr_set(&regs, nr);
	error = regs_put(tid, &regs);
	return error ? error : nr_set(tid, nr);
}

int arch_interrupted_rewind(pid_t tid)
{
	struct regs regs;
	uint64_t first = 0;
	int error = regs_get(tid, &regs);

	if (error)
		return error;
	error = first_arg(tid, &regs, &first);
	if (error)
		return error;
	reg_set(&regs, 0, first);
	return run_again(tid, &regs);
}

int arch_interrupted_undo(pid_t tid)
{
	struct regs regs;
	int error = regs_get(tid, &regs);

	if (error)
		return error;
	if (is_narrow(&regs))
		regs.narrow[NARROW_PC] += insn_len(&regs);
	else
		regs.wide.pc += insn_len(&regs);
	reg_set(&regs, 0, (uint64_t)-EINTR);
	return regs_put(tid, &regs);
}

/* arch/arm64/kernel/signal.c do_signal */
int arch_interrupted_hand_over(pid_t tid)
{
	(void)tid;
	return -ENOTSUP;
}
