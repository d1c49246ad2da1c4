/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/exec_held.c - a process that stays in execve(2): a tracer keeps one of its threads
 *
 * usage: exec_held [thread]
 * Prints "ready" and the number of that process, which ends with this one. "thread": it is not the
 * first thread that executes, which is dead by then.
 */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <unistd.h>

static int told[2], go_on[2];

static void *stay(void *arg)
{
	pid_t tid = (pid_t)syscall(SYS_gettid);

	if (write(told[1], &tid, sizeof(tid)) != sizeof(tid))
		exit(1);
	for (;;)
		pause();
	return arg;
}

static void *execute(void *arg)
{
	char byte;

	if (read(go_on[0], &byte, 1) == 1)
		execl("/proc/self/exe", "exec_held", "done", (char *)NULL);
	exit(1);
	return arg;
}

static void be_held(int by_thread)
{
	pthread_t thread;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (pthread_create(&thread, NULL, stay, NULL) != 0)
		exit(1);
	if (!by_thread)
		execute(NULL);
	if (pthread_create(&thread, NULL, execute, NULL) != 0)
		exit(1);
	for (;;)
		pause();
}

/* The first thread waits where only SIGKILL reaches it (D), or is dead (Z). */
static int is_stuck(pid_t pid)
{
	char path[48], state = 0;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	file = fopen(path, "r");
	if (!file || fscanf(file, "%*d (%*[^)]) %c", &state) != 1)
		exit(1);
	fclose(file);
	return state == 'D' || state == 'Z';
}

int main(int argc, char **argv)
{
	pid_t child, thread;

	if (argc > 1 && strcmp(argv[1], "done") == 0)
		for (;;)
			pause();
	if (pipe(told) < 0 || pipe(go_on) < 0 || (child = fork()) < 0)
		return 1;
	if (child == 0)
		be_held(argc > 1);
	if (read(told[0], &thread, sizeof(thread)) != sizeof(thread) ||
	    ptrace(PTRACE_SEIZE, thread, 0L, 0L) < 0 || write(go_on[1], "", 1) != 1)
		return 1;
	while (!is_stuck(child))
		usleep(10000);
	printf("ready %d\n", (int)child);
	fflush(stdout);
	for (;;)
		pause();
}
