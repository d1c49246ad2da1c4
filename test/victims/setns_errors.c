/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/setns_errors.c - setns(2) with what is no namespace, or another one
 */
#include "victim.h"
#include <fcntl.h>
#include <sched.h>
#include <sys/syscall.h>

static void attempt(const char *what, int fd, int flags)
{
	printf("%s: %s\n", what, setns(fd, flags) < 0 ? strerror(errno) : "entered");
}

int main(void)
{
	int net = open("/proc/self/ns/net", O_RDONLY);
	int file = open("/proc/self/status", O_RDONLY);
	int pidfd = (int)syscall(SYS_pidfd_open, getpid(), 0);

	attempt("no descriptor", -1, 0);
	attempt("no descriptor, for a network", 1000, CLONE_NEWNET);
	attempt("a file", file, 0);
	attempt("a file, for a network", file, CLONE_NEWNET);
	attempt("a network, for names", net, CLONE_NEWUTS);
	attempt("a process, for nothing", pidfd, 0);
	return 0;
}
