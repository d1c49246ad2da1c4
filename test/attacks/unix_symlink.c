/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/unix_symlink.c - a denied path under the name of a link
 *
 * attack:   a symbolic link with an innocent name leads to DENIED; so does the directory as working directory
 * expect:   told-only control=none
 * event:    -
 * form:     unix
 * source:   netjail-rules(5): rules see the spelling, not the file
 * root:     no
 */
#include "page.h"

int main(int argc, char **argv)
{
	char folder[] = "/tmp/attack-XXXXXX", path[64];
	struct sockaddr_un name;

	page_names_from(argc, argv);
	if (!mkdtemp(folder))
		die(folder);
	snprintf(path, sizeof(path), "%s/link", folder);
	if (symlink(argv[2], path) < 0)
		die(path);
	name = unix_name(path);
	saw(path, page_connect(&name));
	unlink(path);
	rmdir(folder);
	return 0;
}
