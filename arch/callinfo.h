/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * arch/callinfo.h - what callinfo.c and the file of the CPU do for each other
 */
#ifndef NETJAIL_ARCH_CALLINFO_H
#define NETJAIL_ARCH_CALLINFO_H

#include <stdint.h>
#include <sys/types.h>

#include "arch/arch.h"

/* By the file of the CPU, for kernels without PTRACE_GET_SYSCALL_INFO (before Linux 5.3):
 * as arch_call_get and arch_result_get, from registers. The ABI is ABI_UNKNOWN when in
 * doubt. */
must_check int callinfo_call_from_regs(pid_t tid, struct arch_call *ret_call);
must_check int callinfo_result_from_regs(pid_t tid, int64_t *ret_result);

/* Eight bytes of the task's memory, as far as its debugger may read them. */
must_check int callinfo_peek(pid_t tid, uint64_t address, uint64_t *ret_word);

#endif
