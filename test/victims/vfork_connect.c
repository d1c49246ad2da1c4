/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/vfork_connect.c - connects in a vfork(2) child, whose parent stands still
 * until it ends
 */
#include "victim.h"
#include <sys/wait.h>

int main(int argc, char **argv)
{
	struct endpoint ep;
	int status = 0;
	pid_t pid;

	usage_unless(argc == 3, "vfork_connect ADDRESS PORT");
	ep = endpoint_from(argv[1], argv[2]);
	for (int i = 0; i < 3; i++) {
		int fd = socket_for(&ep, SOCK_STREAM);

		pid = vfork();
		if (pid == 0)
			_exit(connect(fd, &ep.sa, ep.len) < 0 ? errno : 0);
		if (waitpid(pid, &status, 0) != pid || !WIFEXITED(status))
			die("waitpid");
		printf("%s\n", strerror(WEXITSTATUS(status)));
		close(fd);
	}
	return 0;
}
