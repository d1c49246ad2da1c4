/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/tracer_descriptors.c - the descriptors of netjail, by /proc and by pidfd_getfd(2)
 *
 * attack:   each is opened for writing or copied; a listener among them is answered with CONTINUE, a file is emptied
 * expect:   silent control=none
 * event:    tracer-attacked
 * source:   proc(5), pidfd_getfd(2)
 * root:     no
 */

#include "door.h"

static void strike(pid_t pid)
{
	int pidfd = pidfd_of(pid), opened = 0, copied = 0;

	for (int fd = 3; fd < 64; fd++) {
		char path[48];
		int got;

		snprintf(path, sizeof(path), "/proc/%d/fd/%d", (int)pid, fd);
		got = open(path, O_RDWR | O_CLOEXEC | O_NONBLOCK);
		opened += got >= 0;
		if (got >= 0)
			close(got);
		got = (int)syscall(SYS_pidfd_getfd, pidfd, fd, 0);
		copied += got >= 0;
		if (got >= 0 && ftruncate(got, 0) < 0)
			shutdown(got, SHUT_RDWR);
	}
	printf("%d opened, %d copied\n", opened, copied);
}

int main(int argc, char **argv)
{
	struct endpoint ep = door_target(argc, argv);
	struct watchers watchers = find_watchers();

	for (int i = 0; i < watchers.count; i++)
		strike(watchers.pids[i]);
	end_standins(&watchers);
	knock(&ep);
	return 0;
}
