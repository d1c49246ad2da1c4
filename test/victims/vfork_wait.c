/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/vfork_wait.c - stands in vfork(2) until a line comes on standard input
 *
 * usage: vfork_wait
 * The child prints "ready" and waits; then it exits with 3, and the parent prints that.
 */
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
	pid_t pid;
	int status = 0;
	char line;

	pid = vfork();
	if (pid == 0) {
		(void)!write(STDOUT_FILENO, "ready\n", 6);
		(void)!read(STDIN_FILENO, &line, 1);
		_exit(3);
	}
	if (waitpid(pid, &status, 0) != pid)
		return 1;
	printf("exit %d\n", WEXITSTATUS(status));
	return 0;
}
