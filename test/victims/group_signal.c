/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/group_signal.c - counts the signals that it sends to its own process group
 *
 * group_signal TIMES: to be run as the only program of its group (setsid(1)). The handler
 * suspends nothing and masks nothing: each signal that comes twice is counted twice.
 */
#include "victim.h"
#include <signal.h>
#include <time.h>

static volatile sig_atomic_t got;

static void count(int sig)
{
	(void)sig;
	got = got + 1;
}

int main(int argc, char **argv)
{
	struct timespec rest = {.tv_nsec = 300000};
	int times;

	usage_unless(argc == 2, "group_signal TIMES");
	times = atoi(argv[1]);
	signal(SIGUSR1, count);
	for (int i = 0; i < times; i++) {
		kill(0, SIGUSR1);
		while (got <= i)
			;
		nanosleep(&rest, NULL);
	}
	nanosleep(&(struct timespec){.tv_sec = 1}, NULL);
	printf("sent %d got %d\n", times, got);
	return 0;
}
