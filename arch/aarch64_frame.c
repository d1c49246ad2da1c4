/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * arch/aarch64_frame.c - where a stack begins on aarch64, and what a return address is
 */
#include "arch/arch.h"

#include <elf.h>
#include <errno.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <sys/user.h>

int arch_frame_get(pid_t tid, struct arch_frame *ret_frame)
{
	struct user_regs_struct regs;
	struct iovec part = {&regs, sizeof(regs)};

	if (ptrace(PTRACE_GETREGSET, tid, NT_PRSTATUS, &part) < 0)
		return -errno;
	if (part.iov_len != sizeof(regs)) /* an AArch32 task's are fewer */
		return -ENOTSUP;
	*ret_frame = (struct arch_frame){regs.pc, regs.sp, regs.regs[29]};
	return 0;
}

/* Documentation/arm64/pointer-authentication.rst: the mask has the bits of the code. */
uint64_t arch_return_address(pid_t tid, uint64_t address)
{
	uint64_t masks[2]; /* struct user_pac_mask: of data, of code */
	struct iovec part = {masks, sizeof(masks)};

	if (ptrace(PTRACE_GETREGSET, tid, NT_ARM_PAC_MASK, &part) < 0)
		return address;
	return address & ~masks[1];
}
