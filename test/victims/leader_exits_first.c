/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/leader_exits_first.c - the main thread ends; afterwards a second thread
 * connects
 */
#include "victim.h"
#include <pthread.h>

static struct endpoint target;

/* The leader is a zombie from here on: its state in /proc says so. */
static void wait_for_dead_leader(void)
{
	for (int i = 0; i < 5000; i++) {
		char line[256] = "";
		FILE *stat = fopen("/proc/self/stat", "r");

		if (!stat)
			die("/proc/self/stat");
		if (fgets(line, sizeof(line), stat) && strstr(line, ") Z "))
			i = 5000;
		fclose(stat);
		usleep(1000);
	}
}

static void *client(void *arg)
{
	(void)arg;
	wait_for_dead_leader();
	errno = visit(&target);
	if (errno)
		die("connect");
	exit(0);
}

int main(int argc, char **argv)
{
	pthread_t thread;

	usage_unless(argc == 3, "leader_exits_first ADDRESS PORT");
	target = endpoint_from(argv[1], argv[2]);
	pthread_create(&thread, NULL, client, NULL);
	pthread_exit(NULL);
}
