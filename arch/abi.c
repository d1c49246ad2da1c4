/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * arch/abi.c - the table of system call ABIs
 */
#include "arch/abi.h"

#include <assert.h>
#include <linux/audit.h>

#include "base/cleanup.h"

/* <asm/unistd.h> of x86: __X32_SYSCALL_BIT */
#define X32_BIT 0x40000000

static const struct abi abis[] = {
	[ABI_UNKNOWN] = {.name = "unknown"},
	[ABI_X86_64] = {"x86_64", AUDIT_ARCH_X86_64, 8, 2},
	[ABI_I386] = {"i386", AUDIT_ARCH_I386, 4, 2},
	[ABI_X32] = {"x32", AUDIT_ARCH_X86_64, 4, 2},
	[ABI_AARCH64] = {"aarch64", AUDIT_ARCH_AARCH64, 8, 4},
	[ABI_ARM] = {"arm", AUDIT_ARCH_ARM, 4, 4},
};
static_assert(ARRAY_LEN(abis) == ABI_NUM_, "describe every ABI");

const struct abi *abi_get(enum abi_id id)
{
	return &abis[(unsigned)id < ABI_NUM_ ? id : ABI_UNKNOWN];
}

enum abi_id abi_from_audit(uint32_t audit_arch, int32_t nr)
{
	switch (audit_arch) {
	case AUDIT_ARCH_X86_64:
		/* -1 has the x32 bit too, but is no call of either
		 * (arch/x86/entry/common.c) */
		return nr >= X32_BIT ? ABI_X32 : ABI_X86_64;
	case AUDIT_ARCH_I386:
		return ABI_I386;
	case AUDIT_ARCH_AARCH64:
		return ABI_AARCH64;
	case AUDIT_ARCH_ARM:
		return ABI_ARM;
	default:
		return ABI_UNKNOWN;
	}
}
