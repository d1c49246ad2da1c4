/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/connect_userfault.c - the address is made up anew each time somebody
 * reads it
 *
 * attack:   userfaultfd answers the first reader with 127.0.0.1, drops the page, and the
 *           second with ADDR
 * expect:   silent control=none
 * event:    tracer-attacked
 * tries:    2000
 * source:   userfaultfd(2)
 * root:     yes (a fault in the kernel, userfaultfd(2))
 */
#include "userfault.h"

static void *answer(void *unused)
{
	struct uffd_msg msg;

	for (int i = 0; read(uffd, &msg, sizeof(msg)) == sizeof(msg); i++) {
		serve(i & 1 ? &the->denied : &the->allowed);
		/* What reads the page has it now or comes again. */
		pause_for(2000);
		madvise(page, 4096, MADV_DONTNEED);
	}
	return unused;
}

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	pthread_t thread;

	the = &a;
	open_uffd();
	if (pthread_create(&thread, NULL, answer, NULL))
		die("pthread_create");
	race_connect(&a, page, a.denied.len);
	return 0;
}
