/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/helper/inherit.c - opens a descriptor, then runs a command that inherits it
 *
 * inherit udp|cork|route|tcp|fastopen|packet|ring ADDR PORT COMMAND [ARG...]: the number is in
 * ATTACK_FD. udp: a datagram socket connected to ADDR:PORT; cork: one that has begun a
 * datagram for it; route: one whose packets go over ADDR; tcp: a stream with its
 * connection begun when COMMAND runs (its peer has accepted it already: only bytes
 * count); fastopen: a stream whose first byte begins it; packet: a packet socket bound to
 * lo; ring: an io_uring, its parameters in hex in ATTACK_RING.
 */
#include <linux/if_packet.h>
#include <linux/io_uring.h>
#include <netinet/ip.h>
#include <netinet/tcp.h>

#include "../rthdr.h"

#ifndef TCP_FASTOPEN_NO_COOKIE
#define TCP_FASTOPEN_NO_COOKIE 34 /* <linux/tcp.h> */
#endif

static int open_packet(void)
{
	struct sockaddr_ll lo = {
		.sll_family = AF_PACKET, .sll_protocol = htons(0x0800), .sll_ifindex = 1};
	int fd = socket(AF_PACKET, SOCK_DGRAM, htons(0x0800));

	return fd < 0 || bind(fd, (struct sockaddr *)&lo, sizeof(lo)) < 0 ? -1 : fd;
}

static int open_cork(const struct endpoint *ep)
{
	int fd = socket(ep->sa.sa_family, SOCK_DGRAM, 0);

	return sendto(fd, "begun", 5, MSG_MORE, &ep->sa, ep->len) == 5 ? fd : -1;
}

static int open_route(const struct endpoint *ep, const char *port)
{
	unsigned char bytes[40] = {IPOPT_NOP, IPOPT_LSRR, 7, 4};
	struct endpoint last = endpoint_from("::1", port);
	int fd = socket(ep->sa.sa_family, SOCK_DGRAM, 0);

	if (ep->sa.sa_family == AF_INET6)
		return setsockopt(fd, IPPROTO_IPV6, IPV6_RTHDR, bytes,
				  (socklen_t)make_header(bytes, 4, ep, &last)) < 0
			       ? -1
			       : fd;
	memcpy(bytes + 4, &ep->v4.sin_addr, 4);
	return setsockopt(fd, IPPROTO_IP, IP_OPTIONS, bytes, 8) < 0 ? -1 : fd;
}

static int open_kind(const char *kind, const struct endpoint *ep, const char *port)
{
	struct io_uring_params params = {0};
	int type = strcmp(kind, "udp") == 0 ? SOCK_DGRAM : SOCK_STREAM;
	int one = 1;
	char hex[2 * sizeof(params) + 1];
	int fd;

	if (strcmp(kind, "ring") == 0) {
		fd = (int)syscall(SYS_io_uring_setup, 8, &params);
		if (fd >= 0)
			fcntl(fd, F_SETFD, 0);
		for (size_t at = 0; at < sizeof(params); at++)
			sprintf(hex + at * 2, "%02x", ((unsigned char *)&params)[at]);
		setenv("ATTACK_RING", hex, 1);
		return fd;
	}
	if (strcmp(kind, "packet") == 0)
		return open_packet();
	if (strcmp(kind, "cork") == 0)
		return open_cork(ep);
	if (strcmp(kind, "route") == 0)
		return open_route(ep, port);
	fd = socket(ep->sa.sa_family, type, 0);
	if (strcmp(kind, "fastopen") == 0 &&
	    (setsockopt(fd, IPPROTO_TCP, TCP_FASTOPEN_CONNECT, &one, sizeof(one)) < 0 ||
	     setsockopt(fd, IPPROTO_TCP, TCP_FASTOPEN_NO_COOKIE, &one, sizeof(one)) < 0))
		return -1;
	return fd < 0 || connect(fd, &ep->sa, ep->len) < 0 ? -1 : fd;
}

int main(int argc, char **argv)
{
	struct endpoint ep;
	char number[16];
	int fd;

	usage_unless(argc >= 5, "inherit KIND ADDR PORT COMMAND [ARG...]");
	ep = endpoint_from(argv[2], argv[3]);
	fd = open_kind(argv[1], &ep, argv[3]);
	if (fd < 0)
		skip(argv[1]);
	snprintf(number, sizeof(number), "%d", fd);
	setenv("ATTACK_FD", number, 1);
	execvp(argv[4], argv + 4);
	die(argv[4]);
}
