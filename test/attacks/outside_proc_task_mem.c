/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/outside_proc_task_mem.c - /proc/PID/task/TID/mem by openat2 and a directory descriptor
 *
 * attack:   another spelling of /proc/PID/mem, opened piece by piece from a descriptor of /proc/PID
 * expect:   silent control=none
 * event:    -
 * source:   proc(5), openat(2)
 * root:     no
 * helper:   yes
 * kernel:   6.12, it gets through before, as doc/threats.md says
 */
#include <linux/openat2.h>

#include "door.h"

int main(int argc, char **argv)
{
	struct endpoint ep = door_target(argc, argv);
	struct outside outside = find_outside();
	struct open_how how = {.flags = O_RDWR | O_CLOEXEC};
	char path[48], inner[48];
	int folder, mem;

	snprintf(path, sizeof(path), "/proc/%d", outside.pid);
	snprintf(inner, sizeof(inner), "task/%d/mem", outside.pid);
	folder = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	mem = (int)syscall(SYS_openat2, folder, inner, &how, sizeof(how));
	saw("open", mem);
	if (mem >= 0) {
		saw("write", pwrite(mem, &ep, sizeof(ep), (off_t)outside.target));
		saw("write", pwrite(mem, "\1", 1, (off_t)outside.go));
	}
	wait_for_outside();
	return 0;
}
