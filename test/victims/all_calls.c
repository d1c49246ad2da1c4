/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/all_calls.c - every socket call that moves no packet: for the rows of
 * --all
 */
#include "victim.h"

/* Connects to itself, so that accept has somebody to return. */
static void serve(void)
{
	struct endpoint self = endpoint_from("127.0.0.1", "0");
	int listener = socket_for(&self, SOCK_STREAM);
	int client = socket_for(&self, SOCK_STREAM);
	struct endpoint peer = {.len = sizeof(peer.v4)};
	int conn;

	if (bind(listener, &self.sa, self.len) < 0 || listen(listener, 5) < 0)
		die("listen");
	if (getsockname(listener, &self.sa, &self.len) < 0)
		die("getsockname");
	if (connect(client, &self.sa, self.len) < 0)
		die("connect");
	conn = accept(listener, NULL, NULL);
	if (conn < 0 || getpeername(client, &peer.sa, &peer.len) < 0)
		die("getpeername");
	if (peer.v4.sin_port != self.v4.sin_port)
		die("another peer");
	if (shutdown(client, SHUT_RDWR) < 0)
		die("shutdown");
}

int main(void)
{
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) < 0)
		die("socketpair");
	serve();
	puts("done");
	return 0;
}
