/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/exec_relay.c - a thread executes the program anew, again and again, while others run
 *
 * usage: exec_relay COUNT
 * Ends with status 0 after so many. The first thread of every second one has ended before.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void *execute(void *arg)
{
	char left[16];

	snprintf(left, sizeof(left), "%d", (int)(long)arg - 1);
	usleep(500);
	execl("/proc/thread-self/exe", "exec_relay", left, NULL);
	_exit(1);
}

static void *run(void *arg)
{
	for (;;)
		getppid();
	return arg;
}

static void *wait_for_ever(void *arg)
{
	for (;;)
		pause();
	return arg;
}

int main(int argc, char **argv)
{
	int count = argc > 1 ? atoi(argv[1]) : 0;
	pthread_t thread;

	if (count <= 0)
		return 0;
	if (count % 3 == 0)
		pthread_create(&thread, NULL, run, NULL);
	pthread_create(&thread, NULL, wait_for_ever, NULL);
	pthread_create(&thread, NULL, execute, (void *)(long)count);
	if (count % 2)
		pthread_exit(NULL);
	pthread_join(thread, NULL);
	return 1;
}
