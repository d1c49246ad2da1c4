/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/memfd_exec.c - a program that stands in no file
 *
 * attack:   its own image in a memfd, executed by fexecve(3)
 * expect:   silent
 * event:    memfd-exec
 * source:   fexecve(3), proc(5)
 * root:     no
 */
#include <sys/mman.h>

#include "copy.h"

int main(int argc, char **argv)
{
	struct endpoint ep = door_target(argc, argv);

	knock_if_copy(&ep);
	execute_nameless(argv, memfd_create("x", 0));
}
