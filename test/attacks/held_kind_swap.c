/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/held_kind_swap.c - another kind of socket takes the place while a call is
 * delayed
 *
 * attack:   connect of a UDP socket, for which a delay is the verdict; TCP is under the
 *           number when the delay is over; then a connection
 * expect:   silent control=none
 * event:    -
 * rule:     delay ADDR/udp by 50ms
 * records:  tcp ADDR
 * source:   dup2(2); what was decided holds for the call that is made again
 * root:     no
 */
#include "attack.h"

#define SLOT   100
#define ROUNDS 20

static volatile int round_at = -1;
static int tcp;

/* Once a round, in the midst of the delay. */
static void *swap(void *unused)
{
	for (int seen = -1; seen < ROUNDS - 1; usleep(100)) {
		if (round_at == seen)
			continue;
		seen = round_at;
		usleep(20000);
		dup2(tcp, SLOT);
	}
	return unused;
}

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	struct tally t = {0};
	pthread_t thread;

	tcp = open_tcp(a.denied.sa.sa_family);
	if (pthread_create(&thread, NULL, swap, NULL))
		die("pthread_create");
	for (int i = 0; i < ROUNDS; i++) {
		int udp = open_udp(a.denied.sa.sa_family);

		dup2(udp, SLOT);
		round_at = i;
		tally_add(&t, connect(SLOT, &a.denied.sa, a.denied.len));
		usleep(50000);
		close(udp);
	}
	told("connect", visit_once(&a.denied));
	return tally_end(&t);
}
