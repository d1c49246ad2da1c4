/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/ignored_storm.c - threads asleep in epoll_wait(2), and a stream of signals that they ignore
 *
 * usage: ignored_storm threads|children: SIGURG to each thread, or SIGCHLD, which is for all of them
 * Prints "ready", goes on until SIGTERM, then prints "sent" when signals were sent, and how many
 * calls ended with EINTR: "interrupted=0" is what happens alone.
 */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/wait.h>
#include <unistd.h>

#define THREADS 20

static volatile sig_atomic_t ended;
static atomic_long interrupted;

static void on_term(int sig)
{
	(void)sig;
	ended = 1;
}

static void *sleeper(void *unused)
{
	struct epoll_event event;
	int poll = epoll_create1(0);

	(void)unused;
	for (;;)
		if (epoll_wait(poll, &event, 1, -1) < 0 && errno == EINTR)
			interrupted++;
	return NULL;
}

static long send_signals(pthread_t threads[static THREADS], bool children)
{
	long sent = 0;
	pid_t pid;

	for (int i = 0; i < THREADS && !children; i++)
		sent += pthread_kill(threads[i], SIGURG) == 0;
	if (!children)
		return sent;
	pid = vfork();
	if (pid == 0)
		_exit(0);
	return waitpid(pid, NULL, 0) == pid;
}

int main(int argc, char **argv)
{
	pthread_t threads[THREADS];
	long sent = 0;
	sigset_t term;

	sigemptyset(&term);
	sigaddset(&term, SIGTERM);
	sigprocmask(SIG_BLOCK, &term, NULL);
	for (int i = 0; i < THREADS; i++)
		if (pthread_create(&threads[i], NULL, sleeper, NULL) != 0)
			return 1;
	signal(SIGTERM, on_term);
	sigprocmask(SIG_UNBLOCK, &term, NULL);
	puts("ready");
	fflush(stdout);
	while (!ended) {
		sent += send_signals(threads, argc > 1 && !strcmp(argv[1], "children"));
		usleep(argc > 1 && !strcmp(argv[1], "children") ? 0 : 1000);
	}
	printf("%s\ninterrupted=%ld\n", sent ? "sent" : "none sent", interrupted);
	fflush(stdout);
	_exit(0);
}
