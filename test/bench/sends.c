/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/bench/sends.c - nanoseconds of N sends over loopback: sends WAY N
 *
 * Ways: sendto, sendmsg, sendmmsg (32 a call, N messages) of datagrams with an address; stream:
 * sendmsg of 1,000 bytes on a TCP connection; unix: sendmsg on a socket pair; bulk: send(2) of
 * 64 KiB on a TCP connection.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define BATCH 32

static char payload[65536];
static struct sockaddr_in address = {.sin_family = AF_INET};
static socklen_t address_len = sizeof(address);

static long long now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000000000LL + ts.tv_nsec;
}

static int bound(int type)
{
	int fd = socket(AF_INET, type, 0);

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (fd < 0 || bind(fd, (struct sockaddr *)&address, address_len) < 0 ||
	    getsockname(fd, (struct sockaddr *)&address, &address_len) < 0)
		exit(1);
	return fd;
}

/* A connection whose other end reads everything in a child; *ret_child is to be waited for. */
static int connected(pid_t *ret_child)
{
	int listener = bound(SOCK_STREAM), fd = socket(AF_INET, SOCK_STREAM, 0), peer;

	if (listen(listener, 1) < 0 || connect(fd, (struct sockaddr *)&address, address_len) < 0)
		exit(1);
	peer = accept(listener, NULL, NULL);
	*ret_child = fork();
	if (*ret_child == 0) {
		close(fd);
		while (read(peer, payload, sizeof(payload)) > 0)
			;
		_exit(0);
	}
	close(peer);
	return fd;
}

/* The receiver's queue fills and the kernel drops the rest: only sending is timed. */
static void datagrams(const char *way, long count)
{
	struct iovec span = {payload, 64};
	struct msghdr one = {&address, address_len, &span, 1, NULL, 0, 0};
	struct mmsghdr many[BATCH];
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	(void)bound(SOCK_DGRAM);
	for (int i = 0; i < BATCH; i++)
		many[i].msg_hdr = one;
	for (long i = 0; i < count;) {
		long sent;

		if (!strcmp(way, "sendto"))
			sent = sendto(fd, payload, 64, 0, (struct sockaddr *)&address,
				      address_len) == 64;
		else if (!strcmp(way, "sendmsg"))
			sent = sendmsg(fd, &one, 0) == 64;
		else
			sent = sendmmsg(fd, many, BATCH, 0);
		if (sent <= 0)
			exit(1);
		i += sent;
	}
}

static void stream(const char *way, long count)
{
	struct iovec span = {payload, 1000};
	struct msghdr one = {.msg_iov = &span, .msg_iovlen = 1};
	int bulk = !strcmp(way, "bulk");
	pid_t child;
	int fd = connected(&child);

	for (long i = 0; i < count; i++)
		if ((bulk ? send(fd, payload, sizeof(payload), 0) : sendmsg(fd, &one, 0)) <= 0)
			exit(1);
	close(fd);
	waitpid(child, NULL, 0);
}

static void local(long count)
{
	struct iovec span = {payload, 100};
	struct msghdr one = {.msg_iov = &span, .msg_iovlen = 1};
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_DGRAM, 0, pair) < 0)
		exit(1);
	for (long i = 0; i < count; i++)
		if (sendmsg(pair[0], &one, 0) != 100 || read(pair[1], payload, 100) != 100)
			exit(1);
}

int main(int argc, char **argv)
{
	const char *way = argc > 1 ? argv[1] : "sendto";
	long count = argc > 2 ? atol(argv[2]) : 20000;
	long long start = now();

	if (!strcmp(way, "stream") || !strcmp(way, "bulk"))
		stream(way, count);
	else if (!strcmp(way, "unix"))
		local(count);
	else
		datagrams(way, count);
	printf("%lld\n", now() - start);
	return 0;
}
