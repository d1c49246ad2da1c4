/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/clone3_untraced.c - clone3(2) with CLONE_UNTRACED
 *
 * attack:   the flags are in memory; the child that no tracer is told of connects
 * expect:   silent control=none
 * event:    clone-untraced
 * source:   clone(2) CLONE_UNTRACED
 * root:     no
 */
#include <linux/sched.h>

#include "door.h"

int main(int argc, char **argv)
{
	struct endpoint ep = door_target(argc, argv);
	struct clone_args args = {.flags = CLONE_UNTRACED, .exit_signal = SIGCHLD};
	long pid = syscall(SYS_clone3, &args, sizeof(args));

	saw("clone3", pid);
	if (pid == 0) {
		knock(&ep);
		_exit(0);
	}
	if (pid > 0)
		waitpid((pid_t)pid, NULL, __WALL);
	return 0;
}
