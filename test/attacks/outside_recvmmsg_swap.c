/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/outside_recvmmsg_swap.c - a recvmmsg(2) of a datagram socket, which becomes one of
 * AF_UNIX
 *
 * attack:   the number is a UDP socket at the look, and one of AF_UNIX at the call, which then
 *           waits for a second message: a third thread uses what came with the first
 * expect:   silent control=none
 * event:    fd-passed-in
 * tries:    80
 * source:   net/socket.c do_recvmmsg
 * root:     no
 * helper:   yes
 */
#include "receive.h"

#define SLOT    100
#define WAIT_MS 200 /* for the second message */

static int udp, from = -1, stop;

static void wait_at_most(int sock, int ms)
{
	struct timeval limit = {.tv_usec = ms * 1000};

	setsockopt(sock, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
}

static void *turn(void *unused)
{
	for (unsigned i = 0; !__atomic_load_n(&stop, __ATOMIC_RELAXED); i++) {
		int other = __atomic_load_n(&from, __ATOMIC_RELAXED);

		if (other >= 0)
			dup2(i % 2 ? udp : other, SLOT);
		else
			usleep(100);
	}
	return unused;
}

/* What is there for as long as half a wait. */
static void *use(void *unused)
{
	while (!__atomic_load_n(&stop, __ATOMIC_RELAXED)) {
		struct sockaddr_storage peer;
		socklen_t len = sizeof(peer);

		usleep(2000);
		for (int fd = 3; fd < 20; fd++) {
			if (getpeername(fd, (struct sockaddr *)&peer, &len) < 0 ||
			    peer.ss_family == AF_UNIX)
				continue;
			usleep(WAIT_MS * 1000 / 2);
			(void)!write(fd, "x", 1);
		}
	}
	return unused;
}

int main(int argc, char **argv)
{
	struct place *page = door_pages(1);
	pthread_t threads[2];
	int tries;

	door_target(argc, argv);
	tries = door_tries(argc, argv, 80);
	udp = fcntl(socket(AF_INET, SOCK_DGRAM, 0), F_DUPFD, 50);
	wait_at_most(udp, 1);
	if (pthread_create(&threads[0], NULL, turn, NULL) ||
	    pthread_create(&threads[1], NULL, use, NULL))
		die("pthread_create");
	for (int i = 0; i < tries; i++) {
		int sock = ask_socket(page, 'w'), got;

		wait_at_most(sock, WAIT_MS);
		dup2(sock, SLOT);
		if (i) /* the first one is not raced */
			__atomic_store_n(&from, sock, __ATOMIC_RELAXED);
		recvmmsg(SLOT, page->batch, 2, 0, NULL);
		__atomic_store_n(&from, -1, __ATOMIC_RELAXED);
		got = received(&page->batch[0].msg_hdr);
		if (got >= 0)
			close(got);
		close(sock);
	}
	stop = 1;
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	return 0;
}
