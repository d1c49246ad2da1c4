/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_closer.c - descriptors are closed, whatever one of them waits for
 */
#include "base/closer.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "test/unit/harness.h"

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* The number of a process that is new; they count up. */
static pid_t next_pid(void)
{
	pid_t pid = fork();

	if (!pid)
		_exit(0);
	waitpid(pid, NULL, 0);
	return pid;
}

/* True when the other end of the pipe is closed within ten seconds. */
static bool is_closed(int end)
{
	struct pollfd pipe_ = {.fd = end};

	return poll(&pipe_, 1, 10000) == 1 && (pipe_.revents & POLLHUP);
}

static bool closes_one(void)
{
	int ends[2];
	bool closed;

	if (pipe(ends) < 0)
		return false;
	closer_close(ends[1]);
	closed = is_closed(ends[0]);
	close(ends[0]);
	return closed;
}

/* Others start some, too, meanwhile. */
TEST(it_needs_no_process_for_each)
{
	pid_t least = 1000;
	bool all = true;

	CHECK(closes_one());
	for (int i = 0; i < 10 && least >= 100; i++) {
		pid_t before = next_pid(), after;

		for (int j = 0; j < 100; j++)
			all &= closes_one();
		after = next_pid() - before;
		if (after > 0 && after < least)
			least = after;
	}
	CHECK(all);
	CHECK(least < 100);
}

/* A stream whose close waits for a minute: nobody takes what it has sent. */
static int lingering(int *ret_peer)
{
	struct sockaddr_in here = {.sin_family = AF_INET,
				   .sin_addr = {htonl(INADDR_LOOPBACK)}};
	struct linger linger = {1, 60};
	socklen_t len = sizeof(here);
	int listener = socket(AF_INET, SOCK_STREAM, 0);
	int sock = socket(AF_INET, SOCK_STREAM, 0);
	static char bytes[65536];

	if (bind(listener, (struct sockaddr *)&here, len) < 0 ||
	    listen(listener, 1) < 0 ||
	    getsockname(listener, (struct sockaddr *)&here, &len) < 0 ||
	    connect(sock, (struct sockaddr *)&here, len) < 0)
		return -1;
	*ret_peer = accept(listener, NULL, NULL);
	close(listener);
	while (send(sock, bytes, sizeof(bytes), MSG_DONTWAIT) > 0)
		;
	setsockopt(sock, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger));
	return sock;
}

TEST(a_close_that_does_not_end_holds_up_no_other)
{
	double start = now();
	int peer = -1;

	for (int i = 0; i < 3; i++) {
		int sock = lingering(&peer);

		CHECK(sock >= 0);
		closer_close(sock);
		CHECK(closes_one());
		CHECK(fcntl(sock, F_GETFD) < 0);
		close(peer);
	}
	CHECK(now() - start < 30);
}
