/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/tracer_stop.c - SIGSTOP to netjail
 *
 * attack:   the tracer and its parent are stopped; a child wakes them in a second
 * expect:   silent control=none
 * event:    tracer-attacked
 * source:   kill(2)
 * root:     no
 */

#include "door.h"

static void strike(pid_t pid)
{
	if (fork() == 0) {
		sleep(1);
		kill(pid, SIGCONT);
		_exit(0);
	}
	saw("stop", kill(pid, SIGSTOP));
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
