/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/tracer_pidfd_directory.c - signals to netjail that name it by no number
 *
 * attack:   pidfd_send_signal with its directory in /proc; kill of its process group
 * expect:   silent control=none
 * event:    tracer-attacked
 * source:   pidfd_send_signal(2), kill(2)
 * root:     no
 */
#include "door.h"

static void strike(pid_t pid)
{
	char path[32];
	int directory;

	snprintf(path, sizeof(path), "/proc/%d", (int)pid);
	directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	saw("pidfd_send_signal",
	    syscall(SYS_pidfd_send_signal, directory, SIGTERM, NULL, 0));
	if (pid == tracer_pid())
		saw("kill the group", kill(-pid, SIGTERM));
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
