/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/pidfd_swap.h - pidfd_send_signal(2) to a dead child, while another thread puts the directory
 * of netjail under the same number
 */
#ifndef NETJAIL_TEST_PIDFD_SWAP_H
#define NETJAIL_TEST_PIDFD_SWAP_H

#include "door.h"
#include "swap.h"

static inline void pidfd_strike(pid_t pid, int tries)
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

/* At each who watches, then what no watched program may do. */
static inline int pidfd_swap(const struct endpoint *ep, int tries)
{
	struct watchers watchers = find_watchers();
	pid_t dead = fork();

	if (dead == 0)
		_exit(0);
	fds[0] = (int)syscall(SYS_pidfd_open, dead, 0);
	for (int i = 0; i < watchers.count; i++)
		pidfd_strike(watchers.pids[i], tries / watchers.count);
	end_standins(&watchers);
	knock(ep);
	return 0;
}

#endif
