/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/signal_count.c - counts the real-time signals that reach it, of which none is lost
 * by itself
 *
 * usage: signal_count
 * Prints "ready"; after SIGTERM the count of SIGRTMIN, and how often a sleep was cut short otherwise.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t count, ended;

static void on_counted(int sig)
{
	(void)sig;
	count++;
}

static void on_term(int sig)
{
	(void)sig;
	ended = 1;
}

int main(void)
{
	struct sigaction counted = {.sa_handler = on_counted},
			 term = {.sa_handler = on_term};
	struct timespec moment = {.tv_sec = 100};
	int strange = 0;

	sigaction(SIGRTMIN, &counted, NULL);
	sigaction(SIGTERM, &term, NULL);
	puts("ready");
	fflush(stdout);
	while (!ended) {
		int before = count;

		if (nanosleep(&moment, NULL) != 0 && errno == EINTR && count == before &&
		    !ended)
			strange++;
	}
	printf("counted=%d strange=%d\n", (int)count, strange);
	return 0;
}
