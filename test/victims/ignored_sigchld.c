/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/ignored_sigchld.c - a child ends while its parent waits: an ignored
 * SIGCHLD interrupts nothing
 */
#include "victim.h"
#include <poll.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/wait.h>
#include <time.h>

static int in_epoll_wait(void)
{
	struct epoll_event event;

	return epoll_wait(epoll_create1(EPOLL_CLOEXEC), &event, 1, 400);
}

static int in_recv(void)
{
	struct timeval limit = {.tv_usec = 400000};
	int fds[2];
	char byte;

	socketpair(AF_UNIX, SOCK_STREAM, 0, fds);
	setsockopt(fds[0], SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
	return (int)recv(fds[0], &byte, 1, 0);
}

static int in_sigtimedwait(void)
{
	struct timespec limit = {.tv_nsec = 400000000};
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	sigprocmask(SIG_BLOCK, &set, NULL);
	return sigtimedwait(&set, NULL, &limit);
}

static int in_poll(void)
{
	return poll(NULL, 0, 400);
}

static int in_nanosleep(void)
{
	struct timespec time = {.tv_nsec = 400000000};

	return nanosleep(&time, NULL);
}

static const struct {
	const char *name;
	int (*wait)(void);
} waits[] = {
	{"epoll_wait", in_epoll_wait},     {"recv", in_recv},
	{"sigtimedwait", in_sigtimedwait}, {"poll", in_poll},
	{"nanosleep", in_nanosleep},
};

int main(void)
{
	for (size_t i = 0; i < sizeof(waits) / sizeof(waits[0]); i++) {
		pid_t pid = fork();
		int rc;

		if (pid == 0) {
			usleep(100000);
			_exit(0);
		}
		errno = 0;
		rc = waits[i].wait();
		printf("%s = %d %s\n", waits[i].name, rc, rc < 0 ? strerror(errno) : "");
		waitpid(pid, NULL, 0);
	}
	return 0;
}
