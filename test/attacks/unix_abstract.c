/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/unix_abstract.c - an abstract name with the text of a denied path
 *
 * attack:   connect to the abstract ALLOWED, then to the abstract DENIED
 * expect:   silent
 * event:    -
 * form:     unix
 * source:   unix(7) "abstract"
 * root:     no
 */
#include <stddef.h>

#include "page.h"

static void connect_abstract(const char *text)
{
	struct sockaddr_un name = {.sun_family = AF_UNIX};
	socklen_t len =
		(socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + strlen(text));
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	memcpy(name.sun_path + 1, text, strlen(text));
	saw(text, connect(fd, (struct sockaddr *)&name, len));
	close(fd);
}

int main(int argc, char **argv)
{
	page_names_from(argc, argv);
	connect_abstract(argv[1]);
	connect_abstract(argv[2]);
	return 0;
}
