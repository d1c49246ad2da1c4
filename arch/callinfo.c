/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * arch/callinfo.c - the parts of arch.h that are the same on every CPU
 */
#include "arch/callinfo.h"

#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <sys/ptrace.h>

#include "arch/sysnr.h"

/* ptrace(2): 0 or the bytes available; a kernel without the request says EIO, emulations
 * also EINVAL. */
static int info_get(pid_t tid, struct __ptrace_syscall_info *info)
{
	if (ptrace(PTRACE_GET_SYSCALL_INFO, tid, sizeof(*info), info) < 0)
		return -errno;
	return 0;
}

static int is_missing(int error)
{
	return error == -EIO || error == -EINVAL;
}

/* The kernel looks at the low half only of what an i386 or ARM call puts into a register,
 * and a 64-bit task that makes such a call can put anything into the other. x32 passes
 * all 64. */
static uint64_t arg_of_abi(enum abi_id abi, uint64_t arg)
{
	return abi == ABI_I386 || abi == ABI_ARM ? (uint32_t)arg : arg;
}

/* A 32-bit result that is no error has no sign, as addresses show: aarch64 kernels extend
 * it all the same (syscall_get_return_value in arch/arm64/include/asm/syscall.h). */
static int64_t result_of_abi(enum abi_id abi, int64_t result)
{
	bool narrow = abi == ABI_I386 || abi == ABI_ARM;

	return narrow && result < -4095 ? (uint32_t)result : result; /* MAX_ERRNO */
}

/* False at a stop that is in no call. */
static bool call_from_info(const struct __ptrace_syscall_info *info,
			   struct arch_call *ret_call)
{
	if (info->op == PTRACE_SYSCALL_INFO_ENTRY) {
		ret_call->nr = (int32_t)info->entry.nr;
		for (unsigned i = 0; i < 6; i++)
			ret_call->args[i] = info->entry.args[i];
	} else if (info->op == PTRACE_SYSCALL_INFO_SECCOMP) {
		ret_call->nr = (int32_t)info->seccomp.nr;
		for (unsigned i = 0; i < 6; i++)
			ret_call->args[i] = info->seccomp.args[i];
	} else {
		return false;
	}
	ret_call->abi = abi_from_audit(info->arch, ret_call->nr);
	for (unsigned i = 0; i < 6; i++)
		ret_call->args[i] = arg_of_abi(ret_call->abi, ret_call->args[i]);
	ret_call->sp = info->stack_pointer;
	return true;
}

int arch_call_get(pid_t tid, struct arch_call *ret_call)
{
	struct __ptrace_syscall_info info;
	int error = info_get(tid, &info);

	if (is_missing(error))
		return callinfo_call_from_regs(tid, ret_call);
	if (error)
		return error;
	return call_from_info(&info, ret_call) ? 0 : -ENOENT;
}

int arch_stop_get(pid_t tid, struct arch_stop *ret_stop)
{
	struct __ptrace_syscall_info info;
	int error = info_get(tid, &info);

	if (error)
		return is_missing(error) ? -ENOSYS : error;
	ret_stop->entry = info.op == PTRACE_SYSCALL_INFO_ENTRY;
	if (ret_stop->entry)
		return call_from_info(&info, &ret_stop->call) ? 0 : -ENOENT;
	if (info.op != PTRACE_SYSCALL_INFO_EXIT)
		return -ENOENT;
	ret_stop->result = info.exit.rval;
	return 0;
}

int arch_result_get(pid_t tid, int64_t *ret_result)
{
	struct __ptrace_syscall_info info;
	int error = info_get(tid, &info);

	if (is_missing(error))
		return callinfo_result_from_regs(tid, ret_result);
	if (error)
		return error;
	if (info.op != PTRACE_SYSCALL_INFO_EXIT)
		return -ENOENT;
	*ret_result = result_of_abi(abi_from_audit(info.arch, 0), info.exit.rval);
	return 0;
}

int arch_result_get_exiting(pid_t tid, int64_t *ret_result)
{
	return callinfo_result_from_regs(tid, ret_result);
}

int callinfo_peek(pid_t tid, uint64_t address, uint64_t *ret_word)
{
	long word;

	errno = 0; /* ptrace(2): a word of -1 looks like an error */
	word = ptrace(PTRACE_PEEKDATA, tid, address, NULL);
	if (errno)
		return -errno;
	*ret_word = (uint64_t)word;
	return 0;
}

/* A 64-bit struct timespec at `address`. */
static int put_timespec(pid_t tid, uint64_t address, unsigned ms)
{
	uint64_t seconds = ms / 1000, nanoseconds = ms % 1000 * 1000000ull;

	if (ptrace(PTRACE_POKEDATA, tid, address, seconds) < 0 ||
	    ptrace(PTRACE_POKEDATA, tid, address + 8, nanoseconds) < 0)
		return -errno;
	return 0;
}

/* aarch64 alone has no poll(2). There the time goes right below the stack pointer, where
 * a signal frame would go too: AAPCS64 knows no red zone, and the smallest stacks (Go's)
 * have no room for more. Its first argument stays the call's own, which a restart needs
 * (arch.h); as a list of no descriptors it is not looked at, unless it lies above all
 * user memory. */
int arch_sleep_call(pid_t tid, const struct arch_call *call, unsigned ms, int32_t *ret_nr,
		    uint64_t ret_args[static 6])
{
	int32_t nr = sysnr_nr(call->abi, SYS_ID_POLL);
	uint64_t args[6] = {0};

	if (ms > INT_MAX)
		ms = INT_MAX; /* a negative time is for ever */
	if (nr >= 0) {
		args[2] = ms;
	} else {
		int error;

		nr = sysnr_nr(call->abi, SYS_ID_PPOLL);
		if (nr < 0)
			return -ENOSYS;
		args[0] = (uint32_t)call->args[0];
		args[2] = (call->sp & ~(uint64_t)15) - 16;
		error = put_timespec(tid, args[2], ms);
		if (error)
			return error;
	}
	*ret_nr = nr;
	for (unsigned i = 0; i < 6; i++)
		ret_args[i] = args[i];
	return 0;
}
