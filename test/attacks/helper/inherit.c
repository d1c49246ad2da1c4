/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/helper/inherit.c - opens a descriptor, then runs a command that inherits it
 *
 * inherit udp|tcp|ring ADDR PORT COMMAND [ARG...]: the number is in ATTACK_FD. udp: a
 * datagram socket connected to ADDR:PORT; tcp: a stream with its connection begun when
 * COMMAND runs (its peer has accepted it already: only bytes count); ring: an io_uring,
 * its parameters in hex in ATTACK_RING.
 */
#include <linux/io_uring.h>

#include "../door.h"

static int open_kind(const char *kind, const struct endpoint *ep)
{
	struct io_uring_params params = {0};
	int type = strcmp(kind, "tcp") == 0 ? SOCK_STREAM : SOCK_DGRAM;
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
	fd = socket(ep->sa.sa_family, type, 0);
	return fd < 0 || connect(fd, &ep->sa, ep->len) < 0 ? -1 : fd;
}

int main(int argc, char **argv)
{
	struct endpoint ep;
	char number[16];
	int fd;

	usage_unless(argc >= 5, "inherit udp|tcp|ring ADDR PORT COMMAND [ARG...]");
	ep = endpoint_from(argv[2], argv[3]);
	fd = open_kind(argv[1], &ep);
	if (fd < 0)
		skip(argv[1]);
	snprintf(number, sizeof(number), "%d", fd);
	setenv("ATTACK_FD", number, 1);
	execvp(argv[4], argv + 4);
	die(argv[4]);
}
