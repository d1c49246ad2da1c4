/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/tracer_kill.c - SIGKILL to netjail
 *
 * attack:   kill, tgkill and pidfd_send_signal to the tracer and to its parent; then it connects
 * expect:   silent control=none
 * event:    tracer-attacked
 * source:   kill(2), engine.md "If the tracer dies"
 * root:     no
 */

#include "door.h"

static void strike(pid_t pid)
{
	saw("kill", kill(pid, SIGKILL));
	saw("tgkill", syscall(SYS_tgkill, pid, pid, SIGKILL));
	saw("pidfd", syscall(SYS_pidfd_send_signal, pidfd_of(pid), SIGKILL, NULL, 0));
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
