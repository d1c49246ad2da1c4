/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * arch/x86_64.c - registers of x86_64, x32 and i386 calls, seen by a 64-bit tracer
 *
 * Theory of operation
 *   Problem:    rax is both the number and the result: at the entry the kernel moves the
 *               number to orig_rax and puts -ENOSYS into rax.
 *   Mechanism:  an orig_rax of -1 runs no call and leaves rax alone: two pokes refuse a
 *               call (arch/x86/entry/common.c). A call that was turned into another gets
 *               its own orig_rax back at the exit stop, and with it the kernel's restart
 *               logic: -ERESTART* means rax := orig_rax, rip -= 2, `syscall` and
 *               `int $0x80` being 2 bytes each (arch/x86/kernel/signal.c).
 *   Invariants: orig_rax is -1 wherever this file moves rip: the task is in no call, and
 *               neither the kernel nor arch_interrupted_get may move it again.
 *               The ABI MUST NOT be taken from cs alone: `int $0x80` in 64-bit code has
 *               cs 0x33 and is an i386 call.
 */
#include "arch/callinfo.h"

#include <assert.h>
#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/user.h>

#define CS_64          0x33 /* arch/x86/include/asm/segment.h: __USER_CS, __USER32_CS */
#define CS_32          0x23
#define INSN_LEN       2
#define SYSCALL        0x050f /* the bytes 0f 05 */
#define INT_80         0x80cd /* the bytes cd 80 */
#define ERESTARTNOHAND 514    /* include/linux/errno.h */
#define OFFSET(r)      offsetof(struct user_regs_struct, r)

static_assert(sizeof(struct user_regs_struct) <= sizeof(((struct arch_regs *)0)->bytes),
	      "arch_regs holds every register");

/* syscall(2): where the arguments of a call are */
static const size_t args_64[] = {OFFSET(rdi), OFFSET(rsi), OFFSET(rdx),
				 OFFSET(r10), OFFSET(r8),  OFFSET(r9)};
static const size_t args_32[] = {OFFSET(rbx), OFFSET(rcx), OFFSET(rdx),
				 OFFSET(rsi), OFFSET(rdi), OFFSET(rbp)};

static const size_t *args_of(enum abi_id abi)
{
	return abi == ABI_I386 ? args_32 : args_64;
}

static int regs_get(pid_t tid, struct user_regs_struct *ret_regs)
{
	return ptrace(PTRACE_GETREGS, tid, NULL, ret_regs) < 0 ? -errno : 0;
}

static int regs_put(pid_t tid, const struct user_regs_struct *regs)
{
	return ptrace(PTRACE_SETREGS, tid, NULL, regs) < 0 ? -errno : 0;
}

static int poke(pid_t tid, size_t offset, int64_t value)
{
	return ptrace(PTRACE_POKEUSER, tid, offset, value) < 0 ? -errno : 0;
}

/* The ABI of the instruction that the task has just left. A 32-bit task can only make
 * i386 calls: by sysenter and by AMD's syscall too the kernel returns behind the `int
 * $0x80` of the vdso (do_fast_syscall_32). Any other code segment (LDT, a hypervisor's)
 * is unknown. */
static int abi_of_insn(pid_t tid, const struct user_regs_struct *regs,
		       enum abi_id *ret_abi)
{
	uint64_t word;
	int error;

	*ret_abi = ABI_UNKNOWN;
	if (regs->cs != CS_64 && regs->cs != CS_32)
		return 0;
	error = callinfo_peek(tid, regs->rip - INSN_LEN, &word);
	if (error)
		return error;
	if ((uint16_t)word == INT_80)
		*ret_abi = ABI_I386;
	else if ((uint16_t)word == SYSCALL && regs->cs == CS_64)
		*ret_abi = abi_from_audit(abi_get(ABI_X86_64)->audit_arch,
					  (int32_t)regs->orig_rax);
	return 0;
}

enum abi_id arch_native_abi(void)
{
	return ABI_X86_64;
}

enum abi_id arch_compat_abi(void)
{
	return ABI_I386;
}

int callinfo_call_from_regs(pid_t tid, struct arch_call *ret_call)
{
	struct user_regs_struct regs;
	enum abi_id abi = ABI_UNKNOWN;
	const size_t *args;
	int error = regs_get(tid, &regs);

	if (error)
		return error;
	error = abi_of_insn(tid, &regs, &abi);
	if (error && error != -EIO) /* EIO: code that cannot be read */
		return error;
	args = args_of(abi);
	ret_call->abi = abi;
	ret_call->nr = (int32_t)regs.orig_rax;
	for (unsigned i = 0; i < 6; i++) {
		memcpy(&ret_call->args[i], (const char *)&regs + args[i], 8);
		if (abi == ABI_I386)
			ret_call->args[i] = (uint32_t)ret_call->args[i];
	}
	ret_call->sp = regs.rsp;
	return 0;
}

int callinfo_result_from_regs(pid_t tid, int64_t *ret_result)
{
	long word;

	errno = 0; /* ptrace(2): a word of -1 looks like an error */
	word = ptrace(PTRACE_PEEKUSER, tid, OFFSET(rax), NULL);
	if (errno)
		return -errno;
	*ret_result = word;
	return 0;
}

int arch_call_skip(pid_t tid, int64_t result)
{
	int error = poke(tid, OFFSET(orig_rax), -1);

	return error ? error : poke(tid, OFFSET(rax), result);
}

/* rax stays -ENOSYS, as the kernel's entry code left it. */
int arch_call_replace(pid_t tid, const struct arch_call *call, int32_t nr,
		      const uint64_t args[static 6], struct arch_regs *ret_saved)
{
	const size_t *slots = args_of(call->abi);
	struct user_regs_struct regs;
	int error = regs_get(tid, &regs);

	if (error)
		return error;
	ret_saved->len = sizeof(regs);
	memcpy(ret_saved->bytes, &regs, sizeof(regs));
	ret_saved->nr = call->nr;
	ret_saved->result = regs.rax;
	regs.orig_rax = (uint32_t)nr;
	for (unsigned i = 0; i < 6; i++)
		memcpy((char *)&regs + slots[i], &args[i], 8);
	return regs_put(tid, &regs);
}

/* The saved orig_rax is put back whole: a restart then gives the program its own rax
 * again, with whatever it had in the upper half. */
int arch_call_finish(pid_t tid, const struct arch_regs *saved, int64_t result)
{
	struct user_regs_struct regs;

	memcpy(&regs, saved->bytes, sizeof(regs));
	regs.rax = (uint64_t)result;
	return regs_put(tid, &regs);
}

static int run_again(pid_t tid, struct user_regs_struct *regs)
{
	regs->rax = regs->orig_rax;
	regs->rip -= INSN_LEN;
	regs->orig_rax = (uint64_t)-1;
	return regs_put(tid, regs);
}

int arch_call_again(pid_t tid, const struct arch_regs *saved)
{
	struct user_regs_struct regs;

	memcpy(&regs, saved->bytes, sizeof(regs));
	return run_again(tid, &regs);
}

int arch_call_inject(pid_t tid, const struct arch_call *call,
		     const struct arch_regs *saved, int32_t nr,
		     const uint64_t args[static 6])
{
	const size_t *slots = args_of(call->abi);
	struct user_regs_struct regs;

	memcpy(&regs, saved->bytes, sizeof(regs));
	for (unsigned i = 0; i < 6; i++)
		memcpy((char *)&regs + slots[i], &args[i], 8);
	regs.orig_rax = (uint32_t)nr;
	return run_again(tid, &regs);
}

/* Interrupts, exceptions and rt_sigreturn leave orig_rax at -1: a rax of -EINTR is then
 * the program's own value. */
int arch_interrupted_get(pid_t tid, struct arch_call *ret_call)
{
	struct user_regs_struct regs;
	enum abi_id abi;
	int error = regs_get(tid, &regs);

	if (error)
		return error;
	if ((int32_t)regs.rax != -EINTR || (int32_t)regs.orig_rax < 0)
		return -ENOENT;
	error = abi_of_insn(tid, &regs, &abi);
	if (error == -EIO || (!error && abi == ABI_UNKNOWN))
		return -ENOENT;
	if (error)
		return error;
	if (abi != ABI_I386 && (int64_t)regs.rax != -EINTR)
		return -ENOENT;
	ret_call->abi = abi;
	ret_call->nr = (int32_t)regs.orig_rax;
	ret_call->sp = regs.rsp;
	return 0;
}

int arch_restarted_nr(pid_t tid, int32_t *ret_nr)
{
	struct user_regs_struct regs;

	if (regs_get(tid, &regs) != 0 || (int32_t)regs.orig_rax < 0 ||
	    !arch_is_interrupted((int32_t)regs.rax))
		return -ENOENT;
	*ret_nr = (int32_t)regs.orig_rax;
	return 0;
}

int arch_call_rename(pid_t tid, int32_t nr)
{
	struct user_regs_struct regs;
	int error = regs_get(tid, &regs);

	if (error)
		return error;
	regs.orig_rax = (uint32_t)nr;
	return regs_put(tid, &regs);
}

int arch_interrupted_rewind(pid_t tid)
{
	struct user_regs_struct regs;
	int error = regs_get(tid, &regs);

	return error ? error : run_again(tid, &regs);
}

int arch_interrupted_undo(pid_t tid)
{
	struct user_regs_struct regs;
	int error = regs_get(tid, &regs);

	if (error)
		return error;
	regs.rip += INSN_LEN;
	regs.rax = (uint64_t)-EINTR;
	return regs_put(tid, &regs);
}

/* arch/x86/kernel/signal.c arch_do_signal_or_restart looks at both when no more stop is
 * to come. */
int arch_interrupted_hand_over(pid_t tid)
{
	struct user_regs_struct regs;
	int error = regs_get(tid, &regs);

	if (error)
		return error;
	regs.rip += INSN_LEN;
	regs.orig_rax = (uint32_t)regs.rax;
	regs.rax = (uint64_t)-ERESTARTNOHAND;
	return regs_put(tid, &regs);
}

int arch_frame_get(pid_t tid, struct arch_frame *ret_frame)
{
	struct user_regs_struct regs;
	int failed = regs_get(tid, &regs);

	if (failed)
		return failed;
	if (regs.cs != CS_64)
		return -ENOTSUP;
	*ret_frame = (struct arch_frame){regs.rip, regs.rsp, regs.rbp};
	return 0;
}

uint64_t arch_return_address(pid_t tid, uint64_t address)
{
	(void)tid;
	return address;
}
