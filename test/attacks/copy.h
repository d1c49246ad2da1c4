/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/copy.h - attacks that execute a copy of themselves
 */
#ifndef NETJAIL_TEST_COPY_H
#define NETJAIL_TEST_COPY_H

#include <sys/sendfile.h>
#include <sys/stat.h>

#include "door.h"

/* In the copy: knocks, and ends. */
static inline void knock_if_copy(const struct endpoint *ep)
{
	if (!getenv("ATTACK_COPY"))
		return;
	knock(ep);
	unlink(getenv("ATTACK_COPY"));
	exit(0);
}

/* Executes a copy of that mode, which lies in a file. */
static inline void execute_copy(char **argv, mode_t mode)
{
	char folder[] = "/tmp/attack-XXXXXX", path[64], command[256];

	if (!mkdtemp(folder))
		die(folder);
	chmod(folder, 0755);
	snprintf(path, sizeof(path), "%s/copy", folder);
	snprintf(command, sizeof(command), "cp /proc/%d/exe %s", (int)getpid(), path);
	if (system(command) != 0)
		die(command);
	chmod(path, mode);
	setenv("ATTACK_COPY", path, 1);
	execv(path, argv);
	die(path);
}

/* Executes a copy in the file `to`, which has no name. */
static inline void execute_nameless(char **argv, int to)
{
	int from = open("/proc/self/exe", O_RDONLY | O_CLOEXEC), again;
	char path[48];

	if (to < 0)
		skip("no file without a name");
	while (sendfile(to, from, NULL, 1 << 20) > 0)
		;
	snprintf(path, sizeof(path), "/proc/self/fd/%d", to);
	again = open(path, O_RDONLY);
	close(to);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", again);
	setenv("ATTACK_COPY", "", 1);
	execv(path, argv);
	die(path);
}

#endif
