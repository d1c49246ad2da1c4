/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/netns_setns.c - another network namespace, entered by setns(2)
 *
 * attack:   a child unshares its network; the parent enters it and brings lo up: 127.0.0.1 there is another machine
 * expect:   silent control=none
 * event:    namespace
 * source:   setns(2), network_namespaces(7)
 * root:     yes
 * witness:  output
 */
#include <sched.h>

#include "door.h"

int main(int argc, char **argv)
{
	char path[48], before[64] = "", after[64] = "";
	int ready[2], ns;
	pid_t pid;

	door_target(argc, argv);
	if (readlink("/proc/self/ns/net", before, sizeof(before) - 1) < 0 ||
	    pipe(ready) < 0)
		die("pipe");
	pid = fork();
	if (pid == 0) {
		saw("unshare", unshare(CLONE_NEWNET));
		if (write(ready[1], "r", 1) == 1)
			sleep(3);
		_exit(0);
	}
	if (read(ready[0], path, 1) != 1)
		die("read");
	snprintf(path, sizeof(path), "/proc/%d/ns/net", (int)pid);
	ns = open(path, O_RDONLY | O_CLOEXEC);
	saw("setns", setns(ns, CLONE_NEWNET));
	kill(pid, SIGKILL);
	if (readlink("/proc/self/ns/net", after, sizeof(after) - 1) < 0)
		die("readlink");
	puts(strcmp(before, after) ? "leak: another network" : "the same network");
	return 0;
}
