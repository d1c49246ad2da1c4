/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/crowd.c - a tree that will not end by itself: children, threads, a daemon;
 * writes their pids
 */
#include "victim.h"
#include <pthread.h>
#include <signal.h>

static FILE *list;

static void stay(void)
{
	fprintf(list, "%d\n", getpid());
	fflush(list);
	alarm(300);
	for (;;)
		pause();
}

static void *stay_thread(void *arg)
{
	while (pause() < 0)
		;
	return arg;
}

static void stay_as_daemon(void)
{
	setsid();
	if (fork() != 0)
		_exit(0);
	stay();
}

/* Signals that a tidy tracer might use to end the tree do nothing here. */
static void be_stubborn(void)
{
	signal(SIGTERM, SIG_IGN);
	signal(SIGHUP, SIG_IGN);
	signal(SIGINT, SIG_IGN);
	signal(SIGPIPE, SIG_IGN);
}

int main(int argc, char **argv)
{
	pthread_t thread;

	usage_unless(argc == 2, "crowd FILE");
	list = fopen(argv[1], "a");
	if (!list)
		die(argv[1]);
	be_stubborn();
	for (int i = 0; i < 3; i++)
		if (fork() == 0)
			stay();
	if (fork() == 0)
		stay_as_daemon();
	for (int i = 0; i < 4; i++)
		pthread_create(&thread, NULL, stay_thread, NULL);
	stay();
}
