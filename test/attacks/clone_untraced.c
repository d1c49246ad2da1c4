/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/clone_untraced.c - clone(2) with CLONE_UNTRACED
 *
 * attack:   the child that no tracer is told of connects
 * expect:   silent control=none
 * event:    clone-untraced
 * source:   clone(2) CLONE_UNTRACED
 * root:     no
 */
#include <sched.h>

#include "door.h"

static _Alignas(16) uint8_t stack[65536];

static int child(void *arg)
{
	knock(arg);
	return 0;
}

int main(int argc, char **argv)
{
	struct endpoint ep = door_target(argc, argv);
	int pid = clone(child, stack + sizeof(stack), CLONE_UNTRACED | SIGCHLD, &ep);

	saw("clone", pid);
	if (pid > 0)
		waitpid(pid, NULL, __WALL);
	return 0;
}
