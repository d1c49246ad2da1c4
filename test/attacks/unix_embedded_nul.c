/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/unix_embedded_nul.c - bytes behind the end of a path, and a path without an end
 *
 * attack:   ALLOWED NUL DENIED, DENIED NUL ALLOWED, and DENIED with a length that ends with it
 * expect:   silent
 * event:    -
 * form:     unix
 * source:   unix(7): a path ends at its NUL, or at addrlen
 * root:     no
 */
#include <stddef.h>

#include "page.h"

static void try_name(const struct sockaddr_un *name, size_t path_len)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	saw(name->sun_path,
	    connect(fd, (const struct sockaddr *)name,
		    (socklen_t)(offsetof(struct sockaddr_un, sun_path) + path_len)));
	close(fd);
}

static void try_pair(const char *first, const char *second)
{
	struct sockaddr_un name = unix_name(first);
	size_t at = strlen(first) + 1, room = sizeof(name.sun_path) - at;

	snprintf(name.sun_path + at, room, "%s", second);
	try_name(&name, sizeof(name.sun_path));
}

int main(int argc, char **argv)
{
	struct sockaddr_un name;

	page_names_from(argc, argv);
	try_pair(argv[1], argv[2]);
	try_pair(argv[2], argv[1]);
	name = unix_name(argv[2]);
	memset(name.sun_path + strlen(argv[2]), 'x', 1);
	try_name(&name, strlen(argv[2]));
	return 0;
}
