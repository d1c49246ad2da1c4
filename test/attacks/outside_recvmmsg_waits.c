/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/outside_recvmmsg_waits.c - a connected socket received by a recvmmsg(2) that does
 * not end
 *
 * attack:   the descriptor comes with the first message, the call waits for a second one:
 *           another thread uses it meanwhile
 * expect:   silent control=none
 * event:    fd-passed-in
 * source:   net/socket.c do_recvmmsg
 * root:     no
 * helper:   yes
 */
#include "receive.h"

static int from;

static void *receive(void *page)
{
	recvmmsg(from, ((struct place *)page)->batch, 2, 0, NULL);
	return NULL;
}

int main(int argc, char **argv)
{
	struct place *page = door_pages(1);
	pthread_t thread;

	door_target(argc, argv);
	from = ask_socket(page, 'k');
	if (pthread_create(&thread, NULL, receive, page))
		die("pthread_create");
	usleep(200000);
	/* Whichever number it has got. */
	for (int fd = 3; fd < 40; fd++)
		if (fd != from)
			(void)!write(fd, "x", 1);
	return 0;
}
