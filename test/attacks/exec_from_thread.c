/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/exec_from_thread.c - a second thread calls exec while the first one
 * connects
 *
 * attack:   exec ends all other threads and gives the id of the leader to the caller; the
 *           new program connects as well
 * expect:   silent control=reached
 * event:    -
 * family:   4 6
 * source:   execve(2); ptrace(2) "execve(2) under ptrace"
 * root:     no
 */
#include "attack.h"

static char **again;
static struct attack a;

static void *exec_soon(void *unused)
{
	usleep(20000);
	execv("/proc/self/exe", again);
	die("exec");
	return unused;
}

int main(int argc, char **argv)
{
	char *args[] = {argv[0], argv[1], argv[2], "3", NULL};
	pthread_t thread;

	a = attack_from(argc, argv);
	if (argc == 4) {
		told("connect after exec", visit_once(&a.denied));
		return 0;
	}
	again = args;
	if (pthread_create(&thread, NULL, exec_soon, NULL))
		die("pthread_create");
	for (;;)
		visit_once(&a.denied);
}
