/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/vfork_connect.c - a child of vfork connects in the memory of its parent
 *
 * attack:   the child runs in the parent's memory while the parent waits
 * expect:   silent control=reached
 * event:    -
 * source:   vfork(2)
 * root:     no
 */
#include "attack.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	int tcp = open_tcp(a.denied.sa.sa_family);
	pid_t child = vfork();

	if (child == 0) {
		syscall(SYS_connect, tcp, &a.denied.v6, a.denied.len);
		_exit(0);
	}
	await(child, "child");
	return 0;
}
