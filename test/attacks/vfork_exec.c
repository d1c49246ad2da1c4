/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/vfork_exec.c - a child of vfork connects after exec
 *
 * attack:   vfork, exec of the same program, connect: three events in a row in which a
 *           tracer may lose the child
 * expect:   silent control=reached
 * event:    -
 * source:   vfork(2); execve(2)
 * root:     no
 */
#include "attack.h"

int main(int argc, char **argv)
{
	char *args[] = {argv[0], argv[1], argv[2], "3", NULL};
	struct attack a = attack_from(argc, argv);
	pid_t child;

	if (argc == 4) {
		told("connect", visit_once(&a.denied));
		return 0;
	}
	child = vfork();
	if (child == 0) {
		execv("/proc/self/exe", args);
		_exit(1);
	}
	await(child, "child");
	return 0;
}
