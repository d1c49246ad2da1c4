/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/victim.h - what the victims share: addresses from arguments, and ways to
 * end
 */
#ifndef NETJAIL_TEST_VICTIM_H
#define NETJAIL_TEST_VICTIM_H

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

struct endpoint {
	union {
		struct sockaddr sa;
		struct sockaddr_in v4;
		struct sockaddr_in6 v6;
	};
	socklen_t len;
};

static inline void die(const char *what)
{
	fprintf(stderr, "%s: %s\n", what, strerror(errno));
	exit(1);
}

static inline struct endpoint endpoint_from(const char *host, const char *port)
{
	struct endpoint ep = {.len = 0};
	in_port_t number = htons((uint16_t)atoi(port));

	if (inet_pton(AF_INET, host, &ep.v4.sin_addr) == 1) {
		ep.v4.sin_family = AF_INET;
		ep.v4.sin_port = number;
		ep.len = sizeof(ep.v4);
	} else if (inet_pton(AF_INET6, host, &ep.v6.sin6_addr) == 1) {
		ep.v6.sin6_family = AF_INET6;
		ep.v6.sin6_port = number;
		ep.len = sizeof(ep.v6);
	} else {
		fprintf(stderr, "%s is no address\n", host);
		exit(2);
	}
	return ep;
}

/* A socket on which no call blocks for longer than ten seconds: victims always end. */
static inline int socket_for(const struct endpoint *ep, int type)
{
	struct timeval limit = {.tv_sec = 10};
	int fd = socket(ep->sa.sa_family, type | SOCK_CLOEXEC, 0);

	if (fd < 0)
		die("socket");
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
	return fd;
}

/* Says "hi" over a connected stream and prints the answer. */
static inline void talk(int fd)
{
	char answer[64];
	ssize_t got;

	if (send(fd, "hi\n", 3, MSG_NOSIGNAL) != 3)
		die("send");
	got = recv(fd, answer, sizeof(answer), 0);
	if (got < 0)
		die("recv");
	printf("%.*s", (int)got, answer);
}

/* The whole of the simplest client: connect, talk, close; 0 or the errno of connect. */
static inline int visit(const struct endpoint *ep)
{
	int fd = socket_for(ep, SOCK_STREAM);
	int err = connect(fd, &ep->sa, ep->len) < 0 ? errno : 0;

	if (!err)
		talk(fd);
	close(fd);
	return err;
}

static inline void usage_unless(int ok, const char *usage)
{
	if (ok)
		return;
	fprintf(stderr, "usage: %s\n", usage);
	exit(2);
}

#endif
