/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/unix_inet_swap.c - an AF_UNIX descriptor becomes an AF_INET one while connect(2) runs
 *
 * attack:   dup2 swaps the two sockets under one number; the address is that of ADDR
 * expect:   silent
 * event:    -
 * tries:    20000
 * source:   engine.md "No family is let through on the word of its descriptor"
 * root:     no
 */
#include <pthread.h>

#include "door.h"

static int numbers[3]; /* what is called; AF_UNIX; internet */
static volatile bool stop;

static void *swap_forever(void *unused)
{
	(void)unused;
	for (unsigned i = 0; !stop; i++)
		dup2(numbers[1 + i % 2], numbers[0]);
	return NULL;
}

int main(int argc, char **argv)
{
	struct endpoint ep = door_target(argc, argv);
	int tries = door_tries(argc, argv, 20000);
	pthread_t thread;

	numbers[0] = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	numbers[1] = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	numbers[2] = socket(ep.sa.sa_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	pthread_create(&thread, NULL, swap_forever, NULL);
	for (int i = 0; i < tries; i++)
		if (sendto(numbers[0], "x", 1, MSG_DONTWAIT, &ep.sa, ep.len) < 0 &&
		    i % 16 == 0)
			sched_yield();
	stop = true;
	pthread_join(thread, NULL);
	return 0;
}
