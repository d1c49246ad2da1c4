/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/connect_userfault_stall.c - who reads the address waits for a thread that
 * waits for the reader
 *
 * attack:   the thread that answers the fault connects first, itself: a tracer that waits
 *           for its answer holds that connect, and itself, for ever
 * expect:   silent control=none
 * event:    tracer-attacked
 * source:   userfaultfd(2); engine.md "the tracer must not" wait
 * root:     yes (a fault in the kernel, userfaultfd(2))
 */
#include "userfault.h"

static void *answer(void *unused)
{
	struct uffd_msg msg;

	while (read(uffd, &msg, sizeof(msg)) == sizeof(msg)) {
		told("connect of the answering thread", visit_once(&the->allowed));
		serve(&the->denied);
	}
	return unused;
}

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	pthread_t thread;
	int fd = open_tcp(a.denied.sa.sa_family);

	the = &a;
	open_uffd();
	if (pthread_create(&thread, NULL, answer, NULL))
		die("pthread_create");
	told("connect", connect(fd, (struct sockaddr *)page, a.denied.len));
	return 0;
}
