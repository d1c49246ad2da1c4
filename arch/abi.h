/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * arch/abi.h - the system call ABIs netjail knows, as data that every host compiles
 */
#ifndef NETJAIL_ARCH_ABI_H
#define NETJAIL_ARCH_ABI_H

#include <stdint.h>

enum abi_id {
	ABI_UNKNOWN = 0, /* its calls are refused */
	ABI_X86_64,
	ABI_I386,
	ABI_X32,
	ABI_AARCH64,
	ABI_ARM,
	ABI_NUM_
};

struct abi {
	const char *name;    /* "x86_64" */
	uint32_t audit_arch; /* <linux/audit.h> AUDIT_ARCH_*; x86_64 and x32 share one */
	unsigned word;       /* bytes of a pointer and of a long: 4 or 8 */
	unsigned insn;       /* bytes of the system call instruction, Thumb aside */
};

/* Never NULL; ABI_UNKNOWN has the name "unknown" and zeros. */
const struct abi *abi_get(enum abi_id id);

/* Which ABI a call came by: the audit architecture, and for x86_64 the x32 bit
 * (0x40000000, <asm/unistd.h> __X32_SYSCALL_BIT) of its number. */
enum abi_id abi_from_audit(uint32_t audit_arch, int32_t nr);

#endif
