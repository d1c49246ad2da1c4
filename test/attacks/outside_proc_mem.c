/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/outside_proc_mem.c - /proc/PID/mem changes a process outside
 *
 * attack:   the address and the byte that starts a connection are written by pwrite(2)
 * expect:   silent control=none
 * event:    -
 * source:   proc(5)
 * root:     no
 * helper:   yes
 * kernel:   6.12, it gets through before, as doc/threats.md says
 */
#include "door.h"

int main(int argc, char **argv)
{
	struct endpoint ep = door_target(argc, argv);
	struct outside outside = find_outside();
	char path[48];
	int mem;

	snprintf(path, sizeof(path), "/proc/%d/mem", outside.pid);
	mem = open(path, O_RDWR | O_CLOEXEC);
	saw("open", mem);
	if (mem >= 0) {
		saw("write", pwrite(mem, &ep, sizeof(ep), (off_t)outside.target));
		saw("write", pwrite(mem, "\1", 1, (off_t)outside.go));
	}
	wait_for_outside();
	return 0;
}
