/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/unix_sendmsg_flip.c - a second thread flips msg_name while AF_UNIX sendmsg(2) runs
 *
 * attack:   the pointer in the msghdr changes between two names that stay as they are
 * expect:   silent
 * event:    sockaddr-race
 * form:     unix
 * tries:    20000
 * source:   engine.md "Seal", sendmsg(2)
 * root:     no
 */
#include "page.h"

static struct msghdr message;

static void *flip_pointer(void *unused)
{
	(void)unused;
	for (unsigned i = 0; !page_stop; i++)
		*(void *volatile *)&message.msg_name = &page_names[i % 2];
	return NULL;
}

int main(int argc, char **argv)
{
	int tries = door_tries(argc, argv, 20000), passed = 0;
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	struct iovec span = {(char[]){"x"}, 1};
	pthread_t thread;

	page_names_from(argc, argv);
	strcat(page_names[0].sun_path, ".dgram");
	strcat(page_names[1].sun_path, ".dgram");
	message = (struct msghdr){.msg_name = &page_names[0],
				  .msg_namelen = sizeof(page_names[0]),
				  .msg_iov = &span,
				  .msg_iovlen = 1};
	pthread_create(&thread, NULL, flip_pointer, NULL);
	for (int i = 0; i < tries; i++)
		passed += sendmsg(fd, &message, 0) == 1;
	page_stop = true;
	pthread_join(thread, NULL);
	printf("%d of %d sends passed\n", passed, tries);
	return 0;
}
