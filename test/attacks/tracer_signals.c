/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/tracer_signals.c - every signal to netjail
 *
 * attack:   signals 1 to 64 but SIGKILL and SIGSTOP, by kill and by rt_sigqueueinfo
 * expect:   silent control=none
 * event:    tracer-attacked
 * source:   kill(2), rt_sigqueueinfo(2)
 * root:     no
 */

#include "door.h"

static void strike(pid_t pid)
{
	siginfo_t info = {.si_code = SI_QUEUE};
	int sent = 0;

	for (int sig = 1; sig <= 64; sig++) {
		if (sig == SIGKILL || sig == SIGSTOP || sig == SIGTSTP ||
		    sig == SIGTTIN || sig == SIGTTOU)
			continue;
		sent += kill(pid, sig) == 0;
		sent += syscall(SYS_rt_sigqueueinfo, pid, sig, &info) == 0;
	}
	printf("%d signals sent\n", sent);
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
