/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/connect_fork.c - connects from many children at once and counts how each
 * one fared
 */
#include "victim.h"
#include <sys/wait.h>

static int client(const struct endpoint *ep)
{
	int fd = socket_for(ep, SOCK_STREAM);

	return connect(fd, &ep->sa, ep->len) < 0 ? errno : 0;
}

int main(int argc, char **argv)
{
	int children, connected = 0;
	int refused = 0;
	struct endpoint ep;
	int status;

	usage_unless(argc == 4, "connect_fork ADDRESS PORT CHILDREN");
	ep = endpoint_from(argv[1], argv[2]);
	children = atoi(argv[3]);
	for (int i = 0; i < children; i++) {
		pid_t pid = fork();

		if (pid < 0)
			die("fork");
		if (pid == 0)
			_exit(client(&ep));
	}
	while (wait(&status) > 0) {
		connected += WIFEXITED(status) && WEXITSTATUS(status) == 0;
		refused += WIFEXITED(status) && WEXITSTATUS(status) == ECONNREFUSED;
	}
	printf("%d connected, %d: Connection refused\n", connected, refused);
	return connected == children ? 0 : 1;
}
