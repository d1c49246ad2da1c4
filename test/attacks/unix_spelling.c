/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/unix_spelling.c - a denied path in other spellings of itself
 *
 * attack:   ./, //, .. and relative from its own directory: each holds the last part of the name
 * expect:   silent
 * event:    -
 * form:     unix
 * source:   netjail-rules(5): a path is matched as the program writes it
 * root:     no
 */
#include <libgen.h>

#include "page.h"

static void try_path(const char *path)
{
	struct sockaddr_un name = unix_name(path);

	saw(path, page_connect(&name));
}

int main(int argc, char **argv)
{
	char folder[108], path[256], *last;

	page_names_from(argc, argv);
	snprintf(folder, sizeof(folder), "%s", argv[2]);
	last = strrchr(folder, '/');
	*last++ = 0;
	try_path(argv[1]);
	snprintf(path, sizeof(path), "%s//%s", folder, last);
	try_path(path);
	snprintf(path, sizeof(path), "%s/./%s", folder, last);
	try_path(path);
	snprintf(path, sizeof(path), "%s/../%s/%s", folder, basename(folder), last);
	try_path(path);
	if (chdir(folder) < 0)
		die(folder);
	try_path(last);
	return 0;
}
