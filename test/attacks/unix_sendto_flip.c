/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/unix_sendto_flip.c - a second thread flips the name while AF_UNIX sendto(2) runs
 *
 * attack:   a datagram socket; the name changes between ALLOWED.dgram and DENIED.dgram
 * expect:   silent
 * event:    sockaddr-race
 * form:     unix
 * tries:    20000
 * source:   engine.md "Seal", sendto(2)
 * root:     no
 */
#include "page.h"

int main(int argc, char **argv)
{
	int tries = door_tries(argc, argv, 20000), passed = 0;
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	pthread_t thread;

	page_names_from(argc, argv);
	strcat(page_names[0].sun_path, ".dgram");
	strcat(page_names[1].sun_path, ".dgram");
	page_own = page_names[0];
	pthread_create(&thread, NULL, page_flip, NULL);
	for (int i = 0; i < tries; i++)
		passed += sendto(fd, "x", 1, 0, (struct sockaddr *)&page_own,
				 sizeof(page_own)) == 1;
	page_stop = true;
	pthread_join(thread, NULL);
	printf("%d of %d sends passed\n", passed, tries);
	return 0;
}
