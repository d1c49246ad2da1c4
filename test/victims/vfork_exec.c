/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/vfork_exec.c - a vfork child execs the program in its arguments; passes
 * its status on
 */
#include "victim.h"
#include <sys/wait.h>

int main(int argc, char **argv)
{
	int status;
	pid_t pid;

	usage_unless(argc >= 2, "vfork_exec PROGRAM [ARG...]");
	pid = vfork();
	if (pid < 0)
		die("vfork");
	if (pid == 0) {
		execv(argv[1], argv + 1);
		_exit(127);
	}
	if (waitpid(pid, &status, 0) != pid)
		die("waitpid");
	printf("child: %d\n", WIFEXITED(status) ? WEXITSTATUS(status) : -1);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
