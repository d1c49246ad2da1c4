/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/unreadable_exec.c - an executable that its user cannot read
 *
 * attack:   a copy of the program with mode 0111 is executed and connects
 * expect:   silent
 * event:    -
 * source:   execve(2), ptrace(2) "access mode"
 * root:     no
 */
#include "copy.h"

int main(int argc, char **argv)
{
	struct endpoint ep = door_target(argc, argv);

	knock_if_copy(&ep);
	execute_copy(argv, 0111);
}
