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
#include <sys/stat.h>

#include "door.h"

int main(int argc, char **argv)
{
	struct endpoint ep = door_target(argc, argv);
	char folder[] = "/tmp/attack-XXXXXX", path[64], command[256];

	if (getenv("ATTACK_COPY")) {
		knock(&ep);
		unlink(getenv("ATTACK_COPY"));
		return 0;
	}
	if (!mkdtemp(folder))
		die(folder);
	chmod(folder, 0755);
	snprintf(path, sizeof(path), "%s/copy", folder);
	snprintf(command, sizeof(command), "cp /proc/%d/exe %s", (int)getpid(), path);
	if (system(command) != 0)
		die(command);
	chmod(path, 04755);
	setenv("ATTACK_COPY", path, 1);
	execv(path, argv);
	die(path);
}
