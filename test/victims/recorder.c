/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/recorder.c - the listener whose record is the proof of what reached it,
 * and what did not
 */
/* recorder FILE PORT: listens on TCP and UDP, IPv4 and IPv6, every address, and appends
 * to FILE tcp LOCAL          a connection was accepted; LOCAL is the address it was made
 * to udp LOCAL          a datagram arrived packet LOCAL       any packet at all to
 * 203.0.113.0/24 or 2001:db8::/32 crossed lo (only where the rights allow a packet
 * socket) barrier TEXT       the datagram "barrier TEXT" came: what was sent before it is
 * written above A GET is answered with HTTP, anything else with "hello". Prints "ready\n"
 * once it listens; ends on SIGTERM, with its parent, or after ten minutes.
 */
#include "victim.h"
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/prctl.h>

#define CONNS_MAX 1000
#define HTTP_ANSWER                                                                      \
	"HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 6\r\n"           \
	"Connection: close\r\n\r\nhello\n"

enum listener { TCP4, TCP6, UDP4, UDP6, PACKET, LISTENER_NUM_ };

static FILE *record;
static struct pollfd fds[LISTENER_NUM_ + CONNS_MAX];
static nfds_t fd_count = LISTENER_NUM_;
static uint16_t own_port;

static void note(const char *what, const struct endpoint *ep)
{
	char text[INET6_ADDRSTRLEN] = "?";

	if (ep->sa.sa_family == AF_INET)
		inet_ntop(AF_INET, &ep->v4.sin_addr, text, sizeof(text));
	else
		inet_ntop(AF_INET6, &ep->v6.sin6_addr, text, sizeof(text));
	fprintf(record, "%s %s\n", what, text);
	fflush(record);
}

static int open_listener(const char *any, const char *port, int type)
{
	struct endpoint ep = endpoint_from(any, port);
	int fd = socket(ep.sa.sa_family, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	int one = 1;

	if (fd < 0)
		return -1;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	setsockopt(fd, IPPROTO_IP, IP_PKTINFO, &one, sizeof(one));
	if (ep.sa.sa_family == AF_INET6) {
		setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &one, sizeof(one));
		setsockopt(fd, IPPROTO_IPV6, IPV6_RECVPKTINFO, &one, sizeof(one));
	}
	if (bind(fd, &ep.sa, ep.len) < 0)
		die("bind");
	if (type == SOCK_STREAM && listen(fd, 1024) < 0)
		die("listen");
	return fd;
}

static uint16_t be16(const unsigned char *at)
{
	return (uint16_t)(at[0] << 8 | at[1]);
}

/* A connection ends when it likes, perhaps when the next thing is watched, or the next test's
 * listener is there: its packets after the first, which has SYN, are no news. */
static bool is_old_news(unsigned protocol, const unsigned char *tcp)
{
	bool syn = tcp[13] & 2;

	return protocol == IPPROTO_TCP && !syn &&
	       (be16(tcp + 2) == own_port || be16(tcp) == own_port);
}

/* For who has to find out where it came from. */
static void describe(unsigned protocol, const unsigned char *transport)
{
	fprintf(record, "# protocol %u, port %u to %u, TCP flags %#x\n", protocol,
		be16(transport), be16(transport + 2), transport[13]);
	fflush(record);
}

/* On lo each packet is seen going out and coming in: one of the two is enough. */
static void drain_packets(void)
{
	static const unsigned char doc_prefix6[] = {0x20, 0x01, 0x0d, 0xb8};
	static const unsigned char doc_prefix4[] = {203, 0, 113};
	struct sockaddr_ll from;
	struct endpoint to;

	for (int i = 0; i < 100000; i++) {
		unsigned char bytes[80] = {0};
		socklen_t len = sizeof(from);
		ssize_t got = recvfrom(fds[PACKET].fd, bytes, sizeof(bytes), MSG_DONTWAIT,
				       (struct sockaddr *)&from, &len);

		if (got < 0)
			return;
		if (from.sll_pkttype == PACKET_OUTGOING)
			continue;
		if (got >= 20 && from.sll_protocol == htons(ETH_P_IP) &&
		    !memcmp(bytes + 16, doc_prefix4, sizeof(doc_prefix4)) &&
		    !is_old_news(bytes[9], bytes + (bytes[0] & 15) * 4)) {
			to.sa.sa_family = AF_INET;
			memcpy(&to.v4.sin_addr, bytes + 16, 4);
			note("packet", &to);
			describe(bytes[9], bytes + (bytes[0] & 15) * 4);
		} else if (got >= 40 && from.sll_protocol == htons(ETH_P_IPV6) &&
			   !memcmp(bytes + 24, doc_prefix6, sizeof(doc_prefix6)) &&
			   !is_old_news(bytes[6], bytes + 40)) {
			to.sa.sa_family = AF_INET6;
			memcpy(&to.v6.sin6_addr, bytes + 24, 16);
			note("packet", &to);
			describe(bytes[6], bytes + 40);
		}
	}
}

/* All that wait: what stays in the queue would be taken for a part of the next test. */
static void drain_accepts(int listener)
{
	for (;;) {
		struct endpoint local = {.len = sizeof(local.v6)};
		int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);

		if (fd < 0)
			return;
		getsockname(fd, &local.sa, &local.len);
		note("tcp", &local);
		if (fd_count < LISTENER_NUM_ + CONNS_MAX)
			fds[fd_count++] = (struct pollfd){.fd = fd, .events = POLLIN};
		else
			close(fd); /* there are too many to answer */
	}
}

static void local_of(struct msghdr *msg, struct endpoint *ret_local)
{
	memset(ret_local, 0, sizeof(*ret_local));
	for (struct cmsghdr *c = CMSG_FIRSTHDR(msg); c; c = CMSG_NXTHDR(msg, c)) {
		if (c->cmsg_level == IPPROTO_IP && c->cmsg_type == IP_PKTINFO) {
			ret_local->sa.sa_family = AF_INET;
			memcpy(&ret_local->v4.sin_addr,
			       &((struct in_pktinfo *)CMSG_DATA(c))->ipi_addr, 4);
		} else if (c->cmsg_level == IPPROTO_IPV6 &&
			   c->cmsg_type == IPV6_PKTINFO) {
			ret_local->sa.sa_family = AF_INET6;
			memcpy(&ret_local->v6.sin6_addr,
			       &((struct in6_pktinfo *)CMSG_DATA(c))->ipi6_addr, 16);
		}
	}
}

static void drain_datagrams(int fd);

static void on_barrier(const char *line)
{
	drain_datagrams(fds[UDP6].fd);
	/* After what it answers: the answers are packets too. */
	drain_packets();
	drain_accepts(fds[TCP4].fd);
	drain_accepts(fds[TCP6].fd);
	fprintf(record, "%s\n", line);
	fflush(record);
}

static void drain_datagrams(int fd)
{
	for (int i = 0; i < 100000; i++) {
		char bytes[256] = "";
		char control[256];
		struct endpoint peer, local;
		struct iovec iov = {.iov_base = bytes, .iov_len = sizeof(bytes) - 1};
		struct msghdr msg = {.msg_name = &peer.sa,
				     .msg_namelen = sizeof(peer.v6),
				     .msg_iov = &iov,
				     .msg_iovlen = 1,
				     .msg_control = control,
				     .msg_controllen = sizeof(control)};

		if (recvmsg(fd, &msg, 0) < 0)
			return;
		if (fd == fds[UDP4].fd && strncmp(bytes, "barrier ", 8) == 0) {
			on_barrier(bytes);
			continue;
		}
		local_of(&msg, &local);
		note("udp", &local);
		sendto(fd, "hello\n", 6, 0, &peer.sa, msg.msg_namelen);
	}
}

/* Answers once the client has said enough; closes at once, so that the table stays small.
 */
static void serve(nfds_t slot)
{
	char bytes[2048] = "";
	ssize_t got = recv(fds[slot].fd, bytes, sizeof(bytes) - 1, 0);

	if (got < 0 && errno == EAGAIN)
		return;
	if (got > 0 && strncmp(bytes, "GET ", 4) == 0)
		send(fds[slot].fd, HTTP_ANSWER, strlen(HTTP_ANSWER), MSG_NOSIGNAL);
	else if (got > 0)
		send(fds[slot].fd, "hello\n", 6, MSG_NOSIGNAL);
	close(fds[slot].fd);
	fds[slot] = fds[--fd_count];
}

static void run(void)
{
	while (poll(fds, fd_count, -1) > 0 || errno == EINTR) {
		drain_packets();
		drain_accepts(fds[TCP4].fd);
		drain_accepts(fds[TCP6].fd);
		drain_datagrams(fds[UDP4].fd);
		drain_datagrams(fds[UDP6].fd);
		for (nfds_t i = fd_count; i-- > LISTENER_NUM_;)
			if (fds[i].revents)
				serve(i);
	}
}

int main(int argc, char **argv)
{
	int buffer = 8 << 20;

	usage_unless(argc == 3, "recorder FILE PORT");
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	alarm(600);
	own_port = (uint16_t)strtoul(argv[2], NULL, 10);
	record = fopen(argv[1], "a");
	if (!record)
		die(argv[1]);
	fds[TCP4].fd = open_listener("0.0.0.0", argv[2], SOCK_STREAM);
	fds[TCP6].fd = open_listener("::", argv[2], SOCK_STREAM);
	fds[UDP4].fd = open_listener("0.0.0.0", argv[2], SOCK_DGRAM);
	fds[UDP6].fd = open_listener("::", argv[2], SOCK_DGRAM);
	fds[PACKET].fd = socket(AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC, htons(ETH_P_ALL));
	setsockopt(fds[PACKET].fd, SOL_SOCKET, SO_RCVBUFFORCE, &buffer, sizeof(buffer));
	for (int i = 0; i < LISTENER_NUM_; i++)
		fds[i].events = POLLIN;
	puts("ready");
	fflush(stdout);
	run();
	return 0;
}
