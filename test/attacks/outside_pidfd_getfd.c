/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/outside_pidfd_getfd.c - pidfd_getfd(2) takes a socket of a process outside
 *
 * attack:   the helper's datagram socket is connected to ADDR: write(2) on the copy
 * expect:   silent control=none
 * event:    ptrace-outside
 * source:   pidfd_getfd(2)
 * root:     no
 * helper:   yes
 */
#include "door.h"

int main(int argc, char **argv)
{
	struct outside outside;
	int fd;

	door_target(argc, argv);
	outside = find_outside();
	fd = (int)syscall(SYS_pidfd_getfd, pidfd_of(outside.pid), outside.udp, 0);
	saw("getfd", fd);
	if (fd >= 0)
		saw("write", write(fd, "x", 1));
	return 0;
}
