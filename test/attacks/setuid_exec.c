/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/setuid_exec.c - a set-uid program connects
 *
 * attack:   a copy of the program with the set-uid bit is executed
 * expect:   silent
 * event:    setuid-exec
 * source:   execve(2), ptrace(2) "access mode"
 * root:     no
 */
#include "copy.h"

int main(int argc, char **argv)
{
	struct endpoint ep = door_target(argc, argv);

	knock_if_copy(&ep);
	execute_copy(argv, 04755);
}
