/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/dead_leader.c - a thread connects when the first thread has ended
 *
 * attack:   the process id names a dead thread: what is asked by it (memory, descriptors)
 *           is gone
 * expect:   silent control=reached
 * event:    -
 * family:   4 6
 * source:   pthread_exit(3); ptrace(2)
 * since:    6.9, which has PIDFD_THREAD
 * root:     no
 */
#include "attack.h"

static struct attack a;

static void *later(void *unused)
{
	usleep(300000);
	told("connect", visit_once(&a.denied));
	told("sendto", sendto(open_udp(a.denied.sa.sa_family), "x", 1, 0, &a.denied.sa,
			      a.denied.len));
	exit(0);
	return unused;
}

int main(int argc, char **argv)
{
	pthread_t thread;

	a = attack_from(argc, argv);
	if (pthread_create(&thread, NULL, later, NULL))
		die("pthread_create");
	pthread_exit(NULL);
}
