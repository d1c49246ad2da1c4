/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/own_pidfd_swap.c - the same exchange by a program with a seccomp filter of its own
 *
 * attack:   tracer_pidfd_swap under a filter that allows all but chroot: an attached netjail lets
 *           such a program make its calls itself
 * expect:   silent control=none
 * event:    tracer-attacked
 * tries:    20000
 * source:   pidfd_send_signal(2), seccomp(2)
 * root:     no
 */
#include "ownfilter.h"
#include "swap.h"

static void strike(pid_t pid, int tries)
{
	struct flipper f;
	char path[32];

	snprintf(path, sizeof(path), "/proc/%d", (int)pid);
	fds[1] = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	dup2(fds[0], SLOT);
	flip_calls(&f, turn, NULL);
	for (int i = 0; i < tries; i++)
		(void)!syscall(SYS_pidfd_send_signal, SLOT, SIGKILL, NULL, 0);
	flip_end(&f);
	close(fds[1]);
}

int main(int argc, char **argv)
{
	struct endpoint ep = door_target(argc, argv);
	struct watchers watchers = find_watchers();
	int tries = door_tries(argc, argv, 2000);
	pid_t dead;

	if (own_filter(SYS_chroot, SECCOMP_RET_ERRNO | EPERM, 0) < 0)
		die("seccomp");
	dead = fork();
	if (dead == 0)
		_exit(0);
	fds[0] = (int)syscall(SYS_pidfd_open, dead, 0);
	for (int i = 0; i < watchers.count; i++)
		strike(watchers.pids[i], tries / watchers.count);
	end_standins(&watchers);
	knock(&ep);
	return 0;
}
