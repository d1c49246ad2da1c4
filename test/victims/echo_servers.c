/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/echo_servers.c - what test/victims/cases talks to: TCP, UDP, MPTCP, fast open, AF_UNIX
 */
/* Prints "ready\n" once all listen; ends on a signal or with its parent. */
#include "victim.h"
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/un.h>

#ifndef IPPROTO_MPTCP
#define IPPROTO_MPTCP 262
#endif
#define CONNS_MAX 500

enum { TCP, MPTCP, TFO, LOCAL, UDP, LISTENER_NUM_ };

static struct pollfd fds[LISTENER_NUM_ + CONNS_MAX];
static char bytes[65536];

static int listener(const char *any, const char *port, int protocol, int backlog)
{
	struct endpoint ep = endpoint_from(any, port);
	int fd = socket(ep.sa.sa_family, SOCK_STREAM | SOCK_CLOEXEC, protocol), one = 1;

	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	if (fd < 0 || bind(fd, &ep.sa, ep.len) < 0 || listen(fd, backlog) < 0)
		return -1;
	return fd;
}

static int udp_socket(void)
{
	struct endpoint ep = endpoint_from("::", "7002");
	int fd = socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	return bind(fd, &ep.sa, ep.len) < 0 ? -1 : fd;
}

static int local_socket(void)
{
	static const struct sockaddr_un un = {AF_UNIX, "\0netjail-cases"};
	socklen_t len = offsetof(struct sockaddr_un, sun_path) + 14;
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	return bind(fd, (const struct sockaddr *)&un, len) < 0 || listen(fd, 64) < 0 ? -1
										     : fd;
}

/* A queue that two connections have filled: the third gets no answer. */
static void fill_queue(void)
{
	struct endpoint ep = endpoint_from("127.0.0.1", "7003");

	listener("127.0.0.1", "7003", 0, 0);
	for (int i = 0; i < 2; i++)
		(void)!connect(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), &ep.sa,
			       ep.len);
}

static void take_connection(int from)
{
	int fd = accept(from, NULL, NULL);

	for (int i = LISTENER_NUM_; fd >= 0 && i < LISTENER_NUM_ + CONNS_MAX; i++)
		if (fds[i].fd < 0) {
			fds[i].fd = fd;
			return;
		}
	close(fd);
}

static void answer_local(int from)
{
	int fd = accept(from, NULL, NULL);
	struct ucred who = {0};
	socklen_t len = sizeof(who);

	getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &len);
	dprintf(fd, "%d", who.pid);
	close(fd);
}

static void echo_datagram(int fd)
{
	struct sockaddr_in6 from;
	socklen_t len = sizeof(from);
	ssize_t got = recvfrom(fd, bytes, sizeof(bytes), MSG_DONTWAIT,
			       (struct sockaddr *)&from, &len);

	if (got >= 0)
		(void)!sendto(fd, bytes, (size_t)got, 0, (struct sockaddr *)&from, len);
}

static void echo_stream(struct pollfd *at)
{
	ssize_t got = read(at->fd, bytes, sizeof(bytes));

	if (got > 0) {
		(void)!write(at->fd, bytes, (size_t)got);
	} else {
		close(at->fd);
		at->fd = -1;
	}
}

static void serve(int i)
{
	if (i == LOCAL)
		answer_local(fds[i].fd);
	else if (i == UDP)
		echo_datagram(fds[i].fd);
	else if (i < LISTENER_NUM_)
		take_connection(fds[i].fd);
	else
		echo_stream(&fds[i]);
}

int main(void)
{
	int queue = 16;

	signal(SIGPIPE, SIG_IGN);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (int i = 0; i < LISTENER_NUM_ + CONNS_MAX; i++)
		fds[i] = (struct pollfd){-1, POLLIN, 0};
	fds[TCP].fd = listener("::", "7001", 0, 1024);
	fds[UDP].fd = udp_socket();
	fds[MPTCP].fd = listener("0.0.0.0", "7004", IPPROTO_MPTCP, 64);
	fds[TFO].fd = listener("0.0.0.0", "7005", 0, 64);
	setsockopt(fds[TFO].fd, IPPROTO_TCP, TCP_FASTOPEN, &queue, sizeof(queue));
	fds[LOCAL].fd = local_socket();
	fill_queue();
	puts("ready");
	fflush(stdout);
	while (poll(fds, LISTENER_NUM_ + CONNS_MAX, -1) > 0)
		for (int i = 0; i < LISTENER_NUM_ + CONNS_MAX; i++)
			if (fds[i].fd >= 0 && fds[i].revents)
				serve(i);
	return 0;
}
