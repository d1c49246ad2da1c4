/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/unshared_table.c - a thread with descriptors of its own connects
 *
 * attack:   unshare(CLONE_FILES): the number names a TCP socket in this thread and a UNIX
 *           socket in the leader
 * expect:   silent control=reached
 * event:    -
 * since:    6.9, no PIDFD_THREAD: the sockets of such a thread cannot be had
 * family:   4 6
 * source:   unshare(2) CLONE_FILES; pidfd_getfd(2)
 * root:     no
 */
#include "attack.h"

static struct attack a;
static int slot;

static void *own_table(void *unused)
{
	if (unshare(CLONE_FILES) < 0)
		lacks("unshare");
	dup2(open_tcp(a.denied.sa.sa_family), slot);
	told("connect", connect(slot, &a.denied.sa, a.denied.len));
	dup2(open_udp(a.denied.sa.sa_family), slot);
	told("sendto", sendto(slot, "x", 1, 0, &a.denied.sa, a.denied.len));
	return unused;
}

int main(int argc, char **argv)
{
	pthread_t thread;

	a = attack_from(argc, argv);
	slot = open_socket(AF_UNIX, SOCK_STREAM, 0);
	if (pthread_create(&thread, NULL, own_table, NULL))
		die("pthread_create");
	pthread_join(thread, NULL);
	return 0;
}
