/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/woken.c - a child asleep in epoll_wait(2) gets a signal that it ignores, then one with a
 * handler, which ends the call
 *
 * Prints "ready", goes on until SIGTERM, then prints how often the call had not ended a second after
 * the signal: "asleep after 0" is what happens alone.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile unsigned long *ended; /* calls */
static volatile sig_atomic_t over;

static void on_usr1(int sig)
{
	(void)sig;
}

static void on_term(int sig)
{
	(void)sig;
	over = 1;
}

static void sleeps(void)
{
	struct sigaction action = {.sa_handler = on_usr1};
	struct epoll_event event;
	int poll = epoll_create1(0);

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	sigaction(SIGUSR1, &action, NULL);
	for (;;)
		if (epoll_wait(poll, &event, 1, -1) < 0 && errno == EINTR)
			++*ended;
}

static int is_asleep(pid_t pid)
{
	char path[64], text[512] = "";
	const char *end;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	file = fopen(path, "re");
	if (!file)
		return 1;
	(void)!fgets(text, sizeof(text), file);
	fclose(file);
	end = strrchr(text, ')');
	return end && end[2] == 'S';
}

/* True when the call has ended within a second. */
static int wakes(pid_t pid)
{
	unsigned long before;

	kill(pid, SIGWINCH);
	while (!is_asleep(pid))
		;
	usleep((useconds_t)rand() % 400);
	before = *ended;
	kill(pid, SIGUSR1);
	for (int i = 0; i < 20000 && *ended == before; i++)
		usleep(50);
	return *ended != before;
}

int main(void)
{
	unsigned long asleep = 0;
	pid_t child;

	ended = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
		     0);
	child = fork();
	if (child == 0)
		sleeps();
	signal(SIGTERM, on_term);
	while (!is_asleep(child))
		;
	puts("ready");
	fflush(stdout);
	while (!over)
		asleep += !wakes(child);
	printf("asleep after %lu\n", asleep);
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	return 0;
}
