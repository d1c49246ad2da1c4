/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/daemon_connect.c - a daemon connects when its parents are long gone
 *
 * attack:   fork, setsid, fork; the parent ends at once, the daemon connects half a
 *           second later
 * expect:   silent control=reached
 * event:    -
 * source:   daemon(7)
 * root:     no
 */
#include "attack.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	int pipes[2];
	char byte;
	pid_t child;

	if (pipe(pipes) < 0)
		die("pipe");
	child = fork();
	if (child == 0) {
		setsid();
		if (fork() == 0) {
			usleep(500000);
			told("connect", visit_once(&a.denied));
		}
		_exit(0);
	}
	await(child, "first child");
	close(pipes[1]);
	return read(pipes[0], &byte, 1) != 0;
}
