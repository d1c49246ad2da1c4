/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/nobody_errors.c - what reaches into processes, with numbers of none
 */
#include "victim.h"
#include <limits.h>
#include <stdint.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>

static void tell(const char *what, pid_t pid, long result)
{
	printf("%s of %d: %s\n", what, pid, result < 0 ? strerror(errno) : "done");
}

int main(void)
{
	/* pid_max is 4194304 at most; 0 is no process to these calls, -1 not all of them */
	static const pid_t nobody[] = {0, -1, INT_MIN, INT_MAX};
	char byte = 0;
	struct iovec span = {&byte, 1}, bad = {(void *)8, 1};

	for (size_t i = 0; i < sizeof(nobody) / sizeof(nobody[0]); i++) {
		pid_t pid = nobody[i];

		tell("PTRACE_ATTACH", pid, ptrace(PTRACE_ATTACH, pid, 0, 0));
		tell("PTRACE_SEIZE", pid, ptrace(PTRACE_SEIZE, pid, 0, 0));
		tell("process_vm_writev", pid,
		     process_vm_writev(pid, &span, 1, &span, 1, 0));
		if (pid <= 0)
			tell("process_vm_writev, bad spans,", pid,
			     process_vm_writev(pid, &bad, SIZE_MAX, &span, 1, 0));
		tell("pidfd_getfd", pid, syscall(SYS_pidfd_getfd, pid, 0, 0));
	}
	return 0;
}
