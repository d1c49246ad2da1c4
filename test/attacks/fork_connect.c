/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/fork_connect.c - a child connects
 *
 * attack:   who follows only the first process does not see its child
 * expect:   silent control=reached
 * event:    -
 * family:   4 6
 * source:   fork(2)
 * root:     no
 */
#include "attack.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	pid_t child = fork();

	if (child == 0) {
		told("connect", visit_once(&a.denied));
		_exit(0);
	}
	await(child, "child");
	return 0;
}
