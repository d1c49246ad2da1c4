/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/connect_nonblock.c - connects without blocking: poll for writing, then
 * SO_ERROR
 */
#include "victim.h"
#include <poll.h>

int main(int argc, char **argv)
{
	socklen_t len = sizeof(int);
	struct pollfd ready;
	struct endpoint ep;
	int err = 0;

	usage_unless(argc == 3, "connect_nonblock ADDRESS PORT");
	ep = endpoint_from(argv[1], argv[2]);
	ready.fd = socket_for(&ep, SOCK_STREAM | SOCK_NONBLOCK);
	ready.events = POLLOUT;
	if (connect(ready.fd, &ep.sa, ep.len) < 0 && errno != EINPROGRESS)
		die("connect");
	if (poll(&ready, 1, 10000) != 1)
		die("poll");
	getsockopt(ready.fd, SOL_SOCKET, SO_ERROR, &err, &len);
	errno = err;
	if (err)
		die("SO_ERROR");
	puts("connected");
	return 0;
}
