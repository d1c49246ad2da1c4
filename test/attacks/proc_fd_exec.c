/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/proc_fd_exec.c - exec of a deleted file by /proc/self/fd
 *
 * attack:   a copy of the program is unlinked and then executed by its descriptor
 * expect:   silent
 * event:    -
 * source:   fexecve(3), proc(5)
 * root:     no
 */
#include "copy.h"

int main(int argc, char **argv)
{
	struct endpoint ep = door_target(argc, argv);

	knock_if_copy(&ep);
	execute_nameless(argv, open("/tmp", O_TMPFILE | O_RDWR, 0700));
}
