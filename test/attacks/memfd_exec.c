/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/memfd_exec.c - a program that stands in no file
 *
 * attack:   its own image in a memfd, executed by fexecve(3)
 * expect:   silent
 * event:    memfd-exec
 * source:   fexecve(3), proc(5)
 * root:     no
 */
#include <sys/mman.h>
#include <sys/sendfile.h>

#include "door.h"

int main(int argc, char **argv)
{
	struct endpoint ep = door_target(argc, argv);
	int from = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
	int to = memfd_create("x", 0);
	char path[48];
	int again;

	if (getenv("ATTACK_COPY")) {
		knock(&ep);
		return 0;
	}
	if (to < 0)
		skip("no file without a name");
	while (sendfile(to, from, NULL, 1 << 20) > 0)
		;
	snprintf(path, sizeof(path), "/proc/self/fd/%d", to);
	again = open(path, O_RDONLY);
	close(to);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", again);
	setenv("ATTACK_COPY", "1", 1);
	execv(path, argv);
	die(path);
}
