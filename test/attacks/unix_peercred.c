/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/unix_peercred.c - SO_PEERCRED of a connection is the program's own
 *
 * attack:   connects to ALLOWED and asks which process id the listener saw; then tries DENIED
 * expect:   silent
 * event:    -
 * form:     unix
 * source:   engine.md "Seal", unix(7) SO_PEERCRED
 * kernel:   6.10, which has mseal(2): before, peers see netjail
 * root:     no
 */
#include "page.h"

int main(int argc, char **argv)
{
	char answer[16] = "";
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	page_names_from(argc, argv);
	if (connect(fd, (struct sockaddr *)&page_names[0], sizeof(page_names[0])) < 0 ||
	    read(fd, answer, sizeof(answer) - 1) <= 0)
		die(argv[1]);
	close(fd);
	page_connect(&page_names[1]);
	if (atoi(answer) == getpid())
		return 0;
	printf("the listener saw process %s, we are %d\n", answer, (int)getpid());
	return 1;
}
