/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/full_queue.c - listens with a full queue, so that a connect waits; SIGUSR1
 * empties it
 */
#include "victim.h"
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>

static volatile sig_atomic_t accepting;

static void on_usr1(int sig)
{
	(void)sig;
	accepting = 1;
}

/* A backlog of 0 holds one connection; the next SYNs are dropped (listen(2), tcp(7)). */
static void fill(const struct endpoint *ep)
{
	for (int i = 0; i < 4; i++) {
		int fd = socket_for(ep, SOCK_STREAM | SOCK_NONBLOCK);

		connect(fd, &ep->sa, ep->len);
	}
}

int main(int argc, char **argv)
{
	struct sigaction action = {.sa_handler = on_usr1};
	struct endpoint ep;
	int one = 1;
	int fd;

	usage_unless(argc == 3, "full_queue ADDRESS PORT");
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	alarm(120);
	sigaction(SIGUSR1, &action, NULL);
	ep = endpoint_from(argv[1], argv[2]);
	fd = socket_for(&ep, SOCK_STREAM);
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	if (bind(fd, &ep.sa, ep.len) < 0 || listen(fd, 0) < 0)
		die("listen");
	fill(&ep);
	puts("ready");
	fflush(stdout);
	while (!accepting)
		poll(NULL, 0, 10);
	for (;;)
		accept(fd, NULL, NULL);
}
