/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/pidns_race_seize.c - the same where numbers of processes mean others than outside
 *
 * attack:   clone3_race_seize in a process id namespace of its own, so that the number which
 *           ptrace names is not the one that netjail knows
 * expect:   silent control=none
 * event:    clone-untraced
 * tries:    20000
 * source:   pid_namespaces(7), ptrace(2)
 * root:     yes
 */
#include "clone3.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	pid_t pid;

	if (unshare(CLONE_NEWPID) < 0)
		lacks("unshare");
	pid = fork();
	if (pid == 0)
		_exit(clone3_race(&a, false));
	return await(pid, "inside") == 0 ? 0 : 1;
}
