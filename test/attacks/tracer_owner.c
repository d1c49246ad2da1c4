/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/tracer_owner.c - netjail as the owner of a socket whose signal is SIGKILL
 *
 * attack:   F_SETOWN, F_SETOWN_EX, FIOSETOWN with netjail's processes, then data; it connects
 * expect:   silent control=none
 * event:    tracer-attacked
 * source:   fcntl(2) F_SETSIG, socket(7)
 * root:     no
 */
#include <linux/sockios.h>
#include <sys/ioctl.h>

#include "door.h"

/* SIGKILL for whoever was made the owner. */
static void strike(pid_t pid, int form)
{
	struct f_owner_ex ex = {F_OWNER_PID, pid};
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0, pair) < 0)
		exit(2);
	(void)fcntl(pair[0], F_SETSIG, SIGKILL);
	if (form == 0)
		saw("F_SETOWN", fcntl(pair[0], F_SETOWN, pid));
	else if (form == 1)
		saw("F_SETOWN_EX", fcntl(pair[0], F_SETOWN_EX, &ex));
	else if (form == 2)
		saw("FIOSETOWN", ioctl(pair[0], FIOSETOWN, &pid));
	(void)fcntl(pair[0], F_SETFL, O_ASYNC);
	(void)!write(pair[1], "x", 1);
	usleep(10000);
	close(pair[0]);
	close(pair[1]);
}

int main(int argc, char **argv)
{
	struct endpoint ep = door_target(argc, argv);
	struct watchers watchers = find_watchers();

	for (int form = 0; form < 3; form++)
		for (int i = 0; i < watchers.count; i++)
			strike(watchers.pids[i], form);
	end_standins(&watchers);
	knock(&ep);
	return 0;
}
