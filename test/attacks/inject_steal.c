/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/inject_steal.c - the socket pair that netjail makes in a program is
 * another's
 *
 * attack:   a second thread takes the message that netjail sends itself there; who waits
 *           for it waits for ever, and all others with it
 * expect:   silent
 * event:    -
 * tries:    100
 * kernel:   6.10, mseal(2): before that nothing is injected
 * source:   tracer/seal_map.c
 * root:     no
 */
#include <sys/un.h>

#include "attack.h"

static volatile int pair_end;

static void *steal(void *unused)
{
	char byte;

	(void)unused;
	for (;;)
		recv(pair_end, &byte, 1, MSG_DONTWAIT);
	return NULL;
}

/* The next two descriptors are the pair's. */
static void bait(void)
{
	static const struct sockaddr_un nobody = {.sun_family = AF_UNIX,
						  .sun_path = "/nonexistent/socket"};
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	pthread_t thread;

	pair_end = fd + 2;
	if (pthread_create(&thread, NULL, steal, NULL))
		die("pthread_create");
	usleep(1000);
	(void)!connect(fd, (const struct sockaddr *)&nobody, sizeof(nobody));
	_exit(0);
}

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);

	for (int i = 0; i < a.tries; i++) {
		pid_t pid = fork();

		if (pid == 0)
			bait();
		waitpid(pid, NULL, 0);
	}
	told("connect", visit_once(&a.denied));
	return 0;
}
