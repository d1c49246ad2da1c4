/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/parted.c - calls during which another task calls, signals of every kind, and ends
 * of every kind, in an order that is the same each time
 */
#include "victim.h"
#include <pthread.h>
#include <sys/un.h>
#include <sys/wait.h>

/* Until the task sleeps in the call that it was to make. */
static void wait_asleep(pid_t pid, pid_t tid)
{
	char path[64], state = 0;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/task/%d/stat", (int)pid, (int)tid);
	do {
		usleep(20000);
		file = fopen(path, "re");
		if (!file || fscanf(file, "%*d (%*[^)]) %c", &state) != 1)
			die(path);
		fclose(file);
	} while (state != 'S');
}

static void note(int sig)
{
	(void)sig;
}

static void a_call(void)
{
	struct sockaddr_un end;
	socklen_t len = sizeof(end);
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	getsockname(fd, (struct sockaddr *)&end, &len);
	close(fd);
}

static void child_receives(int wakes)
{
	char byte;
	int pair[2];
	pid_t child;

	socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
	child = fork();
	if (!child) {
		recvfrom(pair[1], &byte, 1, 0, NULL, NULL);
		_exit(3);
	}
	wait_asleep(child, child);
	a_call();
	if (wakes)
		(void)!write(pair[0], "x", 1);
	else
		kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	close(pair[0]);
	close(pair[1]);
}

/* The parent has its SIGCHLD later: it may come before or after the child has stopped. */
static void child_signals(int sig)
{
	sigset_t blocked;
	pid_t child;

	sigemptyset(&blocked);
	sigaddset(&blocked, SIGCHLD);
	sigprocmask(SIG_BLOCK, &blocked, NULL);
	child = fork();

	if (!child) {
		union sigval value = {.sival_int = 7};
		struct itimerval soon = {.it_value = {0, 1000}};
		sigset_t none;

		sigemptyset(&none);
		sigaddset(&blocked, SIGALRM);
		sigprocmask(SIG_BLOCK, &blocked, NULL);
		signal(SIGUSR1, note);
		signal(SIGUSR2, note);
		signal(SIGALRM, note);
		raise(SIGUSR1);
		kill(getpid(), SIGUSR2);
		sigqueue(getpid(), SIGUSR1, value);
		setitimer(ITIMER_REAL, &soon, NULL);
		sigsuspend(&none);
		a_call();
		if (sig == SIGSEGV)
			*(volatile int *)16 = 0;
		raise(sig);
		_exit(9);
	}
	if (sig == SIGSTOP) {
		waitpid(child, NULL, WUNTRACED);
		kill(child, SIGCONT);
	}
	waitpid(child, NULL, 0);
	sigprocmask(SIG_UNBLOCK, &blocked, NULL);
}

static void *accepts(void *arg)
{
	*(_Atomic pid_t *)arg = gettid();
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	struct sockaddr_un end = {.sun_family = AF_UNIX, .sun_path = "\0parted"};

	if (bind(fd, (struct sockaddr *)&end, sizeof(sa_family_t) + 7) != 0 ||
	    listen(fd, 1) != 0)
		die("listen");
	accept(fd, NULL, NULL);
	return arg;
}

/* The thread is in its call when all ends. */
int main(void)
{
	pthread_t thread;
	_Atomic pid_t accepter = 0;

	child_receives(1);
	child_receives(0);
	child_signals(SIGSTOP);
	child_signals(SIGTERM);
	child_signals(SIGSEGV);
	child_signals(SIGRTMIN + 1);
	pthread_create(&thread, NULL, accepts, &accepter);
	while (!accepter)
		usleep(1000);
	wait_asleep(getpid(), accepter);
	a_call();
	return 5;
}
