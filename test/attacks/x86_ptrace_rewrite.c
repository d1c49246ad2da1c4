/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/x86_ptrace_rewrite.c - a tracer inside the jail rewrites the call of its
 * child
 *
 * attack:   the child asks to be traced and connects to 127.0.0.1; at the entry stop its
 *           parent puts ADDR into the register
 * expect:   silent control=none
 * event:    -
 * source:   ptrace(2) PTRACE_TRACEME, PTRACE_SETREGS
 * root:     no
 */
#include "attack.h"
#include <sys/ptrace.h>
#include <sys/user.h>

static void child_run(const struct endpoint *ep)
{
	if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) < 0) {
		told("PTRACE_TRACEME", -1);
		_exit(1);
	}
	raise(SIGSTOP);
	visit_once(ep);
	_exit(0);
}

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	struct user_regs_struct regs;
	pid_t child = fork();
	int status, entry = 0;

	if (child == 0)
		child_run(&a.allowed);
	while (waitpid(child, &status, 0) == child && WIFSTOPPED(status)) {
		ptrace(PTRACE_GETREGS, child, NULL, &regs);
		if (WSTOPSIG(status) == SIGTRAP && regs.orig_rax == SYS_connect &&
		    (entry ^= 1)) {
			/* The child has the same memory: a fork copies it. */
			regs.rsi = (uintptr_t)&a.denied.v6;
			ptrace(PTRACE_SETREGS, child, NULL, &regs);
		}
		ptrace(PTRACE_SYSCALL, child, NULL, NULL);
	}
	return 0;
}
