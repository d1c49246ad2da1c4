/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/traffic.c - bytes of TCP connections, as the kernel counts them
 */
#include "tracer/traffic.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <poll.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "audit/event.h"
#include "base/hash.h"
#include "base/xalloc.h"
#include "tracer/who.h"

#define CONNECTIONS_MAX 100000
#define BUFFER_BYTES    (4 << 20)
/* A destroyed socket is told by a kernel thread: how long the end of a run waits. */
#define LAST_WAIT_MS 50

struct connection {
	uint64_t cookie;
	struct closed closed;
	struct who *who;
	UT_hash_handle hh;
};

struct traffic {
	int news; /* the broadcasts, -1 = none */
	int asks; /* questions of ours, -1 = none */
	traffic_fn tell;
	void *context;
	struct connection *connections;
};

static int open_diag(unsigned groups)
{
	struct sockaddr_nl self = {.nl_family = AF_NETLINK, .nl_groups = groups};
	cleanup_fd int fd =
		socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
	int bytes = BUFFER_BYTES;

	if (fd < 0 || bind(fd, (struct sockaddr *)&self, sizeof(self)) < 0)
		return -1;
	if (groups &&
	    setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &bytes, sizeof(bytes)) < 0)
		return -1;
	return take_fd(&fd);
}

struct traffic *traffic_new(traffic_fn tell, void *context)
{
	struct traffic *traffic = xcalloc(1, sizeof(*traffic));

	traffic->news = open_diag(1u << (SKNLGRP_INET_TCP_DESTROY - 1) |
				  1u << (SKNLGRP_INET6_TCP_DESTROY - 1));
	traffic->asks = open_diag(0);
	traffic->tell = tell;
	traffic->context = context;
	return traffic;
}

bool traffic_hears(const struct traffic *traffic)
{
	return traffic->news >= 0;
}

static void drop(struct traffic *traffic, struct connection *connection)
{
	HASH_DEL(traffic->connections, connection);
	who_release(connection->who);
	free(connection);
}

void traffic_free(struct traffic *traffic)
{
	if (!traffic)
		return;
	while (traffic->connections)
		drop(traffic, traffic->connections);
	if (traffic->news >= 0)
		close(traffic->news);
	if (traffic->asks >= 0)
		close(traffic->asks);
	free(traffic);
}

void traffic_opened(struct traffic *traffic, const struct event *event, bool inbound)
{
	struct connection *connection;

	if (!event->cookie || !event->has_end || !event->has_local || !event->who ||
	    event->sock.protocol != IPPROTO_TCP ||
	    HASH_COUNT(traffic->connections) >= CONNECTIONS_MAX)
		return;
	HASH_FIND(hh, traffic->connections, &event->cookie, sizeof(event->cookie),
		  connection);
	if (connection) /* a second connect that says how the first went */
		return;
	connection = xcalloc(1, sizeof(*connection));
	connection->cookie = event->cookie;
	connection->who = who_keep(event->who);
	connection->closed = (struct closed){.sock = event->sock,
					     .local = event->local,
					     .peer = event->end,
					     .cookie = event->cookie,
					     .inbound = inbound,
					     .opened = event->time};
	HASH_ADD(hh, traffic->connections, cookie, sizeof(connection->cookie),
		 connection);
}

/* ---- messages ---- */

/* tcp_info grew over time: what is not there stays 0. The end of the peer's stream may
 * count as one byte received. */
static bool take_info(const char *bytes, size_t len, struct closed *closed)
{
	struct tcp_info info = {0};

	memcpy(&info, bytes, len < sizeof(info) ? len : sizeof(info));
	closed->sent = info.tcpi_bytes_sent - info.tcpi_bytes_retrans;
	closed->received = info.tcpi_bytes_received;
	return len >= offsetof(struct tcp_info, tcpi_bytes_retrans) +
			      sizeof(info.tcpi_bytes_retrans);
}

/* Finds INET_DIAG_INFO among the attributes. */
static bool read_info(const struct nlmsghdr *head, struct closed *closed)
{
	const char *bytes = (const char *)head;
	struct rtattr attr;

	for (size_t at = NLMSG_LENGTH(sizeof(struct inet_diag_msg));
	     head->nlmsg_len >= at + sizeof(attr); at += (attr.rta_len + 3u) & ~3u) {
		memcpy(&attr, bytes + at, sizeof(attr));
		if (attr.rta_len < sizeof(attr) || attr.rta_len > head->nlmsg_len - at)
			return false;
		if (attr.rta_type == INET_DIAG_INFO)
			return take_info(bytes + at + sizeof(attr),
					 attr.rta_len - sizeof(attr), closed);
	}
	return false;
}

static void take_message(struct traffic *traffic, const struct nlmsghdr *head,
			 enum bytes_way way)
{
	struct connection *connection;
	struct inet_diag_msg message;
	uint64_t cookie;

	if (head->nlmsg_type != SOCK_DIAG_BY_FAMILY ||
	    head->nlmsg_len < NLMSG_LENGTH(sizeof(message)))
		return;
	memcpy(&message, (const char *)head + NLMSG_HDRLEN, sizeof(message));
	cookie = (uint64_t)message.id.idiag_cookie[1] << 32 | message.id.idiag_cookie[0];
	HASH_FIND(hh, traffic->connections, &cookie, sizeof(cookie), connection);
	if (!connection)
		return;
	connection->closed.way = read_info(head, &connection->closed) ? way : BYTES_NONE;
	traffic->tell(traffic->context, &connection->closed, connection->who);
	drop(traffic, connection);
}

/* Takes one datagram; false when there is none. */
static bool take_datagram(struct traffic *traffic, int fd, enum bytes_way way)
{
	_Alignas(struct nlmsghdr) char bytes[16384];
	struct sockaddr_nl from = {0};
	socklen_t from_len = sizeof(from);
	ssize_t got = recvfrom(fd, bytes, sizeof(bytes), MSG_DONTWAIT,
			       (struct sockaddr *)&from, &from_len);
	const struct nlmsghdr *head = (const void *)bytes;

	if (got < 0)
		return errno == EINTR || errno == ENOBUFS;
	if (from.nl_pid) /* not the kernel's */
		return true;
	for (size_t len = (size_t)got; NLMSG_OK(head, len); head = NLMSG_NEXT(head, len))
		take_message(traffic, head, way);
	return true;
}

void traffic_drain(struct traffic *traffic)
{
	while (traffic->news >= 0 && traffic->connections &&
	       take_datagram(traffic, traffic->news, BYTES_DESTROYED))
		;
}

/* ---- the end ---- */

static void put_addr(const struct addr *addr, int domain, __be32 to[static 4])
{
	static const uint8_t mapped[12] = {[10] = 0xff, [11] = 0xff};

	if (addr->family == ADDR_V4 && domain == AF_INET6) {
		memcpy(to, mapped, sizeof(mapped));
		memcpy(to + 3, addr->bytes, 4);
	} else {
		memcpy(to, addr->bytes, addr->family == ADDR_V4 ? 4 : 16);
	}
}

static bool ask(struct traffic *traffic, const struct connection *connection)
{
	const struct closed *closed = &connection->closed;
	struct {
		struct nlmsghdr head;
		struct inet_diag_req_v2 request;
	} question = {
		.head = {.nlmsg_len = sizeof(question),
			 .nlmsg_type = SOCK_DIAG_BY_FAMILY,
			 .nlmsg_flags = NLM_F_REQUEST},
		.request = {.sdiag_family = (uint8_t)closed->sock.domain,
			    .sdiag_protocol = IPPROTO_TCP,
			    .idiag_ext = 1 << (INET_DIAG_INFO - 1),
			    .idiag_states = ~0u},
	};
	struct inet_diag_sockid *id = &question.request.id;

	id->idiag_sport = htons(closed->local.inet.port);
	id->idiag_dport = htons(closed->peer.inet.port);
	put_addr(&closed->local.inet.addr, closed->sock.domain, id->idiag_src);
	put_addr(&closed->peer.inet.addr, closed->sock.domain, id->idiag_dst);
	id->idiag_cookie[0] = (uint32_t)closed->cookie;
	id->idiag_cookie[1] = (uint32_t)(closed->cookie >> 32);
	return send(traffic->asks, &question, sizeof(question), 0) == sizeof(question);
}

void traffic_end(struct traffic *traffic)
{
	struct connection *connection, *next;
	struct pollfd news = {.fd = traffic->news, .events = POLLIN};

	traffic_drain(traffic);
	HASH_ITER(hh, traffic->connections, connection, next)
	{
		if (traffic->asks >= 0 && ask(traffic, connection))
			/* the kernel answers at once: a socket, or that there is none */
			(void)take_datagram(traffic, traffic->asks, BYTES_ASKED);
	}
	while (traffic->news >= 0 && traffic->connections &&
	       poll(&news, 1, LAST_WAIT_MS) > 0)
		traffic_drain(traffic);
}
