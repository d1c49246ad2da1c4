/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * base/outside.c - a process of netjail's own for what may take its time: lookups,
 * questions
 */
#include "base/outside.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdnoreturn.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#define KEPT 3 /* the number of the descriptor that stays */

static bool keep_only(int fd)
{
	int null;

	if (fd != KEPT && dup3(fd, KEPT, O_CLOEXEC) < 0)
		return false;
	if (close_range(KEPT + 1, ~0U, 0) < 0)
		return false;
	null = open("/dev/null", O_RDWR | O_CLOEXEC);
	for (int standard = 0; standard < KEPT; standard++)
		if (dup2(null, standard) < 0)
			return false;
	return true;
}

static noreturn void be_outside(void (*run)(void *context, int fd), void *context, int fd,
				bool terminal)
{
	sigset_t all;

	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, NULL);
	if (!terminal)
		(void)setsid();
	prctl(PR_SET_DUMPABLE, 0);
	if (!keep_only(fd))
		_exit(1);
	run(context, KEPT);
	_exit(0);
}

int outside_start(void (*run)(void *context, int fd), void *context, int fd,
		  bool terminal)
{
	pid_t child = fork(), grandchild;
	int status;

	if (child < 0)
		return -errno;
	if (child == 0) {
		grandchild = fork();
		if (grandchild == 0)
			be_outside(run, context, fd, terminal);
		_exit(grandchild < 0 ? 1 : 0);
	}
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	return 0;
}

/* As fork(2), but for the table of descriptors; nothing of libc's own is told. */
static pid_t fork_sharing(void)
{
	return (pid_t)syscall(SYS_clone, CLONE_FILES | SIGCHLD, 0L, 0L, 0L, 0L);
}

int outside_share(void (*run)(void *context), void *context)
{
	sigset_t all, before;
	pid_t child, grandchild;
	int status, failed;

	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, &before);
	child = fork_sharing();
	failed = child < 0 ? -errno : 0;
	if (child == 0) {
		grandchild = fork_sharing();
		if (grandchild == 0)
			run(context);
		_exit(grandchild < 0 ? 1 : 0);
	}
	sigprocmask(SIG_SETMASK, &before, NULL);
	if (failed)
		return failed;
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : -EAGAIN;
}
