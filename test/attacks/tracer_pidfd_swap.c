/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/tracer_pidfd_swap.c - netjail's directory in /proc in the place of the judged pidfd
 *
 * attack:   pidfd_send_signal with SIGKILL to a dead child, while another thread puts the directory of
 *           netjail under the same number
 * expect:   silent control=none
 * event:    tracer-attacked
 * tries:    20000
 * source:   pidfd_send_signal(2)
 * root:     no
 */
#include "door.h"
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
	pid_t dead = fork();

	if (dead == 0)
		_exit(0);
	fds[0] = (int)syscall(SYS_pidfd_open, dead, 0);
	for (int i = 0; i < watchers.count; i++)
		strike(watchers.pids[i], tries / watchers.count);
	end_standins(&watchers);
	knock(&ep);
	return 0;
}
