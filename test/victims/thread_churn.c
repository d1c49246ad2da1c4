/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/thread_churn.c - makes and ends a thousand threads a second, and children
 *
 * usage: thread_churn
 * Prints "ready", goes on until SIGTERM, then prints what failed: "threads=N children=N failed=N"
 * ("failed=0" alone is a pass; the counts are for people).
 */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t ended;

static void on_term(int sig)
{
	(void)sig;
	ended = 1;
}

static void *thread(void *arg)
{
	struct timespec moment = {.tv_nsec = 2000000};

	*(long *)arg = nanosleep(&moment, NULL) == 0 ? 1 : -errno;
	return NULL;
}

static int wait_for(pid_t pid)
{
	int status;

	return pid > 0 && waitpid(pid, &status, 0) == pid && WIFEXITED(status) &&
	       WEXITSTATUS(status) == 0;
}

static int child(int round)
{
	pid_t pid;

	if (round % 2) {
		pid = vfork();
		if (pid == 0) {
			execl("/bin/true", "true", NULL);
			_exit(1);
		}
	} else {
		pid = fork();
		if (pid == 0)
			_exit(0);
	}
	return wait_for(pid);
}

int main(void)
{
	long threads = 0, children = 0, failed = 0;
	struct sigaction term = {.sa_handler = on_term, .sa_flags = SA_RESTART};

	sigaction(SIGTERM, &term, NULL);
	puts("ready");
	fflush(stdout);
	for (int round = 0; !ended; round++) {
		pthread_t ids[4];
		long results[4] = {0};

		for (int i = 0; i < 4; i++)
			if (pthread_create(&ids[i], NULL, thread, &results[i]))
				failed++;
		for (int i = 0; i < 4; i++) {
			pthread_join(ids[i], NULL);
			/* SIGTERM may meet any thread. */
			failed += results[i] != 1 && !ended;
			threads++;
		}
		if (round % 50 == 0) {
			failed += !child(round / 50);
			children++;
		}
	}
	printf("threads=%ld children=%ld\nfailed=%ld\n", threads, children, failed);
	return failed != 0;
}
