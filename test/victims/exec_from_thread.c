/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/exec_from_thread.c - a thread that is not the leader execs; the new
 * program connects
 */
#include "victim.h"
#include <pthread.h>

static char **new_args;

static void *idle(void *arg)
{
	while (pause() < 0)
		;
	return arg;
}

static void *replace(void *arg)
{
	(void)arg;
	execv("/proc/self/exe", new_args);
	die("execv");
	return NULL;
}

int main(int argc, char **argv)
{
	char *args[] = {argv[0], argv[1], argv[2], "again", NULL};
	pthread_t thread;
	struct endpoint ep;

	usage_unless(argc == 3 || argc == 4, "exec_from_thread ADDRESS PORT");
	if (argc == 4) {
		ep = endpoint_from(argv[1], argv[2]);
		errno = visit(&ep);
		if (errno)
			die("connect");
		return 0;
	}
	new_args = args;
	for (int i = 0; i < 4; i++)
		pthread_create(&thread, NULL, idle, NULL);
	pthread_create(&thread, NULL, replace, NULL);
	for (;;)
		pause();
}
