/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/exec_held.c - a process that stays in execve(2): a tracer keeps one of its threads
 *
 * Prints "ready" and the number of that process, which ends with this one.
 */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
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

static void execute(void)
{
	pthread_t thread;
	char byte;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (pthread_create(&thread, NULL, stay, NULL) != 0 ||
	    read(go_on[0], &byte, 1) != 1)
		exit(1);
	execl("/proc/self/exe", "exec_held", "done", (char *)NULL);
	exit(1);
}

/* It waits where only SIGKILL reaches it: state D. */
static int is_stuck(pid_t pid)
{
	char path[48], state = 0;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	file = fopen(path, "r");
	if (!file || fscanf(file, "%*d (%*[^)]) %c", &state) != 1)
		exit(1);
	fclose(file);
	return state == 'D';
}

int main(int argc, char **argv)
{
	pid_t child, thread;

	(void)argv;
	if (argc > 1)
		for (;;)
			pause();
	if (pipe(told) < 0 || pipe(go_on) < 0 || (child = fork()) < 0)
		return 1;
	if (child == 0)
		execute();
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
