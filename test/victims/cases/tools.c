/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/cases/tools.c - addresses, sockets, timers and what is asked of a socket
 */
#include "cases.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/time.h>
#include <unistd.h>

#ifndef IPPROTO_MPTCP
#define IPPROTO_MPTCP 262
#endif

volatile int alarms;

struct addr addr_of(const char *text, int port)
{
	struct addr addr;
	struct sockaddr_in in = {.sin_family = AF_INET, .sin_port = htons(port)};
	struct sockaddr_in6 in6 = {.sin6_family = AF_INET6, .sin6_port = htons(port)};

	memset(&addr, 0, sizeof(addr));
	if (inet_pton(AF_INET, text, &in.sin_addr) == 1) {
		memcpy(addr.bytes, &in, sizeof(in));
		addr.len = sizeof(in);
	} else {
		inet_pton(AF_INET6, text, &in6.sin6_addr);
		memcpy(addr.bytes, &in6, sizeof(in6));
		addr.len = sizeof(in6);
	}
	return addr;
}

struct addr addr_none(void)
{
	struct addr addr;

	memset(&addr, 0, sizeof(addr));
	addr.len = sizeof(struct sockaddr_in);
	return addr;
}

int connect_addr(int sock, const struct addr *addr)
{
	return connect(sock, &addr->sa, addr->len);
}

int connect_to(int sock, const char *text, int port)
{
	struct addr addr = addr_of(text, port);

	return connect_addr(sock, &addr);
}

int tcp(void)
{
	return socket(AF_INET, SOCK_STREAM, 0);
}

int tcp6(void)
{
	return socket(AF_INET6, SOCK_STREAM, 0);
}

int udp(void)
{
	int sock = socket(AF_INET, SOCK_DGRAM, 0);

	set_receive_limit(sock);
	return sock;
}

int udp6(void)
{
	int sock = socket(AF_INET6, SOCK_DGRAM, 0);

	set_receive_limit(sock);
	return sock;
}

int mptcp(void)
{
	return socket(AF_INET, SOCK_STREAM, IPPROTO_MPTCP);
}

void set_nonblocking(int sock)
{
	fcntl(sock, F_SETFL, fcntl(sock, F_GETFL) | O_NONBLOCK);
}

static void set_limit(int sock, int option, int ms)
{
	struct timeval limit = {ms / 1000, ms % 1000 * 1000};

	setsockopt(sock, SOL_SOCKET, option, &limit, sizeof(limit));
}

void set_send_limit(int sock, int ms)
{
	set_limit(sock, SO_SNDTIMEO, ms);
}

void set_receive_limit(int sock)
{
	set_limit(sock, SO_RCVTIMEO, 2000);
}

void tell_state(int sock)
{
	struct sockaddr_storage peer;
	struct tcp_info info;
	struct pollfd ready = {sock, POLLIN | POLLOUT, 0};
	socklen_t len = sizeof(int);
	int error = -1, no_peer, state = -1;

	getsockopt(sock, SOL_SOCKET, SO_ERROR, &error, &len);
	len = sizeof(peer);
	no_peer = getpeername(sock, (struct sockaddr *)&peer, &len) ? errno : 0;
	poll(&ready, 1, 0);
	len = sizeof(info);
	if (getsockopt(sock, IPPROTO_TCP, TCP_INFO, &info, &len) == 0)
		state = info.tcpi_state;
	say(" [error=%s peer=%s poll=%x nonblocking=%d state=%d]", errno_name(error),
	    errno_name(no_peer), ready.revents, !!(fcntl(sock, F_GETFL) & O_NONBLOCK),
	    state);
}

void tell_echo(int sock)
{
	char back[4];

	set_receive_limit(sock);
	TELL("sent", send(sock, "hi", 2, MSG_NOSIGNAL));
	TELL("back", recv(sock, back, sizeof(back), 0));
}

void tell_epoll(int sock, int ms)
{
	struct epoll_event want = {.events = EPOLLIN | EPOLLOUT | EPOLLET}, got = {0};
	int epoll = epoll_create1(EPOLL_CLOEXEC), count;

	epoll_ctl(epoll, EPOLL_CTL_ADD, sock, &want);
	count = epoll_wait(epoll, &got, 1, ms);
	/* A socket that has not begun yet shows a hang-up: the next edge is the answer. */
	if (count == 1 && (got.events & EPOLLHUP) && !(got.events & EPOLLERR))
		count = epoll_wait(epoll, &got, 1, ms);
	say(" epoll=%d:%x", count, count > 0 ? got.events : 0);
	close(epoll);
}

static void count_alarm(int sig)
{
	(void)sig;
	alarms++;
}

void alarms_start(int first_ms, int every_ms, int flags)
{
	struct sigaction action = {.sa_handler = count_alarm, .sa_flags = flags};
	struct itimerval timer = {{0, every_ms * 1000}, {0, first_ms * 1000}};

	alarms = 0;
	sigaction(SIGALRM, &action, NULL);
	setitimer(ITIMER_REAL, &timer, NULL);
}

void alarms_stop(void)
{
	struct itimerval never = {{0, 0}, {0, 0}};

	setitimer(ITIMER_REAL, &never, NULL);
}
