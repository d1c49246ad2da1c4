/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/recv_batches.c - recvmmsg(2) and recvmsg(2) of AF_UNIX and UDP, with what
 * they say, in one thread and beside another
 */
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/wait.h>

#include "victim.h"

#define MESSAGES 40 /* more than netjail lets the kernel receive at once */

static struct mmsghdr batch[MESSAGES + 1];
static struct iovec spans[MESSAGES + 1];
static char bytes[MESSAGES + 1];

static void say(const char *what, long result)
{
	printf("%s: %ld", what, result);
	if (result < 0)
		printf(" %s", strerrorname_np(errno));
	for (long i = 0; i < result; i++)
		printf(" %c%u", bytes[i], batch[i].msg_len);
	puts("");
}

static void receive(const char *what, int sock, unsigned count, int flags,
		    struct timespec *limit)
{
	memset(bytes, '-', sizeof(bytes));
	memset(batch, 0, sizeof(batch));
	for (int i = 0; i <= MESSAGES; i++) {
		spans[i] = (struct iovec){&bytes[i], 1};
		batch[i].msg_hdr.msg_iov = &spans[i];
		batch[i].msg_hdr.msg_iovlen = 1;
	}
	say(what, recvmmsg(sock, batch, count, flags, limit));
}

static void queue(int to, int count)
{
	for (int i = 0; i < count; i++)
		(void)!send(to, &"abcdefghij"[i % 10], 1, 0);
}

/* Sends after a moment, or signals. */
static pid_t later(int to, int sig)
{
	pid_t pid = fork();

	if (pid)
		return pid;
	usleep(200000);
	if (sig)
		kill(getppid(), sig);
	else
		queue(to, 1);
	_exit(0);
}

static void handle(int sig)
{
	(void)sig;
}

static void batches(const int pair[2])
{
	struct sigaction action = {.sa_handler = handle, .sa_flags = SA_RESTART};
	struct timespec limit = {.tv_nsec = 1}, long_limit = {.tv_sec = 100};
	socklen_t len = sizeof(int);
	int error;
	pid_t pid;

	queue(pair[0], 3);
	receive("three of three", pair[1], 3, 0, NULL);
	queue(pair[0], 3);
	receive("without waiting", pair[1], 9, MSG_DONTWAIT, NULL);
	receive("nothing", pair[1], 9, MSG_DONTWAIT, NULL);
	queue(pair[0], 3);
	receive("for one", pair[1], 9, MSG_WAITFORONE, NULL);
	queue(pair[0], 1);
	pid = later(pair[0], 0);
	receive("the second later", pair[1], 2, 0, NULL);
	waitpid(pid, NULL, 0);
	sigaction(SIGUSR1, &action, NULL);
	queue(pair[0], 2);
	pid = later(pair[0], SIGUSR1);
	receive("a signal", pair[1], 3, 0, NULL);
	waitpid(pid, NULL, 0);
	/* do_recvmmsg leaves its own -ERESTARTSYS there, which is nobody's to see */
	getsockopt(pair[1], SOL_SOCKET, SO_ERROR, &error, &len);
	queue(pair[0], 2);
	receive("out of time", pair[1], 2, 0, &limit);
	receive("the rest", pair[1], 1, 0, &long_limit);
}

/* A queue of AF_UNIX datagrams does not hold as many. */
static void many(const int pair[2])
{
	queue(pair[0], MESSAGES);
	receive("many", pair[1], MESSAGES, 0, NULL);
	queue(pair[0], MESSAGES);
	receive("many without waiting", pair[1], MESSAGES + 1, MSG_DONTWAIT, NULL);
}

/* Where no control data comes nobody looks at its memory. */
static void odd_control(const int pair[2])
{
	char *pages = mmap(NULL, 8192, PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	char byte;
	struct iovec span = {&byte, 1};
	struct msghdr message = {.msg_iov = &span, .msg_iovlen = 1};

	munmap(pages + 4096, 4096);
	for (int i = 0; i < 3; i++) {
		message.msg_control = i ? pages + (i == 1 ? 4096 - 64 : 0) : (void *)16;
		message.msg_controllen = i == 1 ? 1024 : 64;
		queue(pair[0], 1);
		printf("odd control data: %zd\n", recvmsg(pair[1], &message, 0));
	}
}

static void *all(void *unused)
{
	struct sockaddr_in at = {.sin_family = AF_INET,
				 .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t len = sizeof(at);
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_DGRAM, 0, pair) < 0)
		die("socketpair");
	batches(pair);
	odd_control(pair);
	pair[0] = socket(AF_INET, SOCK_DGRAM, 0);
	pair[1] = socket(AF_INET, SOCK_DGRAM, 0);
	if (bind(pair[1], (struct sockaddr *)&at, len) < 0 ||
	    getsockname(pair[1], (struct sockaddr *)&at, &len) < 0 ||
	    connect(pair[0], (struct sockaddr *)&at, len) < 0)
		die("UDP");
	batches(pair);
	many(pair);
	return unused;
}

static void *idle(void *unused)
{
	for (;;)
		pause();
	return unused;
}

int main(void)
{
	sigset_t usr1;
	pthread_t thread;

	all(NULL);
	/* The second thread takes no signals. */
	sigemptyset(&usr1);
	sigaddset(&usr1, SIGUSR1);
	pthread_sigmask(SIG_BLOCK, &usr1, NULL);
	if (pthread_create(&thread, NULL, idle, NULL))
		die("pthread_create");
	pthread_sigmask(SIG_UNBLOCK, &usr1, NULL);
	all(NULL);
	return 0;
}
