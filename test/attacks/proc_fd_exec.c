/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/proc_fd_exec.c - exec of a deleted file by /proc/self/fd
 *
 * attack:   a copy of the program is unlinked and then executed by its descriptor
 * expect:   silent
 * event:    -
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
	int to = open("/tmp", O_TMPFILE | O_RDWR, 0700);
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
