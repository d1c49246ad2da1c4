/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/own_trace_filter.c - a filter of the program's own answers RET_TRACE for connect
 *
 * attack:   its data replaces that of netjail's filter; natively a parent continues the call, and
 *           without such a tracer it is ENOSYS, as for a program that is attached to
 * expect:   silent control=none
 * event:    -
 * source:   engine.md "Never trust PTRACE_GETEVENTMSG of a seccomp stop"
 * root:     no
 */
#include <sys/ptrace.h>

#include "ownfilter.h"

static void let_run(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, __WALL) == pid && !WIFEXITED(status))
		if (ptrace(PTRACE_CONT, pid, 0, 0) < 0)
			return;
}

int main(int argc, char **argv)
{
	struct endpoint ep = door_target(argc, argv);
	int gate[2];
	pid_t pid;
	char go;

	if (pipe(gate) < 0)
		die("pipe");
	pid = fork();
	if (pid == 0) {
		if (read(gate[0], &go, 1) != 1)
			return 1;
		saw("filter", own_filter(SYS_connect, SECCOMP_RET_TRACE | 0x7777, 0));
		knock(&ep);
		return 0;
	}
	saw("seize", ptrace(PTRACE_SEIZE, pid, 0, PTRACE_O_TRACESECCOMP));
	if (write(gate[1], "g", 1) != 1)
		die("write");
	let_run(pid);
	return 0;
}
