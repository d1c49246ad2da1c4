/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/outside_scm_rights.c - a connected socket received over AF_UNIX from outside
 *
 * attack:   the helper passes its socket by SCM_RIGHTS; write(2) names no destination
 * expect:   silent control=none
 * event:    fd-passed-in
 * source:   unix(7) SCM_RIGHTS
 * root:     no
 * helper:   yes
 */
#include "door.h"

int main(int argc, char **argv)
{
	struct outside outside;
	char byte;
	int fd;

	door_target(argc, argv);
	outside = find_outside();
	fd = ask_outside(&outside, 'u', &byte, 1);
	if (fd >= 0)
		saw("write", write(fd, "x", 1));
	return 0;
}
