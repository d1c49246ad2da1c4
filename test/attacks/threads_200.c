/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/threads_200.c - 200 threads attack at once
 *
 * attack:   one thread flips the address, 200 connect and send to it, all at the same
 *           time
 * expect:   silent control=reached
 * event:    sockaddr-race
 * tries:    20000
 * source:   issue "Nothing gets past": 200 threads attacking at once
 * root:     no
 */
#include "attack.h"

#define THREADS 200

static struct attack a;
static struct endpoint at;

static void *hammer(void *unused)
{
	int udp = open_udp(a.denied.sa.sa_family);

	for (int i = 0; i < (a.tries + THREADS - 1) / THREADS; i++) {
		int fd = open_tcp(a.denied.sa.sa_family);

		connect(fd, &at.sa, a.denied.len);
		close(fd);
		sendto(udp, "x", 1, MSG_DONTWAIT, &at.sa, a.denied.len);
	}
	close(udp);
	return unused;
}

int main(int argc, char **argv)
{
	pthread_t threads[THREADS];
	struct flipper f;

	a = attack_from(argc, argv);
	at = a.allowed;
	flip_start(&f, &at.v6, &a.allowed.v6, &a.denied.v6, a.denied.len);
	for (int i = 0; i < THREADS; i++)
		if (pthread_create(&threads[i], NULL, hammer, NULL))
			die("pthread_create");
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	flip_end(&f);
	return 0;
}
