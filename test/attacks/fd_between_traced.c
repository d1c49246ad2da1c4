/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/fd_between_traced.c - a socket passed between two traced processes
 *
 * attack:   the child makes and connects it, as the rules let it; the parent receives it and writes
 * expect:   silent
 * event:    -
 * source:   unix(7) SCM_RIGHTS: the control shows that this goes on working
 * kernel:   6.10, passing descriptors before is refused
 * root:     no
 */
#include "door.h"

int main(int argc, char **argv)
{
	struct endpoint ep = door_target(argc, argv);
	int pair[2], fd;

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) < 0)
		die("socketpair");
	if (fork() == 0) {
		fd = socket(ep.sa.sa_family, SOCK_DGRAM, 0);
		saw("connect", connect(fd, &ep.sa, ep.len));
		saw("pass", pass_fd(pair[0], fd, (char[]){"x"}, 1, 0));
		return 0;
	}
	fd = -1;
	receive_fd(pair[1], &fd, (char[1]){0}, 1);
	saw("write", write(fd, "x", 1));
	wait(NULL);
	return 0;
}
