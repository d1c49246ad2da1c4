/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/tracer_ptrace.c - ptrace at netjail
 *
 * attack:   PTRACE_ATTACH and PTRACE_SEIZE to the tracer and to its parent
 * expect:   silent control=none
 * event:    tracer-attacked
 * source:   ptrace(2)
 * root:     no
 */
#include <sys/ptrace.h>

#include "door.h"

static void strike(pid_t pid)
{
	saw("attach", ptrace(PTRACE_ATTACH, pid, 0, 0));
	ptrace(PTRACE_DETACH, pid, 0, 0);
	saw("seize", ptrace(PTRACE_SEIZE, pid, 0, 0));
	saw("kill", ptrace(PTRACE_KILL, pid, 0, 0));
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
