/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/tracer_schedule.c - netjail is to get no processor
 *
 * attack:   sched_setaffinity, sched_setscheduler, sched_setattr, setpriority and ioprio_set
 *           of the tracer and its parent
 * expect:   silent control=none
 * event:    tracer-attacked
 * source:   sched(7), ioprio_set(2)
 * root:     no
 */
#include <sched.h>
#include <sys/resource.h>

#include "door.h"

#define IOPRIO_IDLE (3 << 13)

static void strike(pid_t pid)
{
	struct sched_param none = {0};
	cpu_set_t one;

	CPU_ZERO(&one);
	CPU_SET(0, &one);
	saw("sched_setaffinity", sched_setaffinity(pid, sizeof(one), &one));
	saw("sched_setscheduler", sched_setscheduler(pid, SCHED_IDLE, &none));
	saw("setpriority", setpriority(PRIO_PROCESS, (id_t)pid, 19));
	saw("ioprio_set", syscall(SYS_ioprio_set, 1, pid, IOPRIO_IDLE));
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
