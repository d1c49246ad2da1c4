/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/tracer_proc_mem.c - /proc/PID/mem of netjail
 *
 * attack:   the first page of each writable area of the tracer is overwritten
 * expect:   silent control=none
 * event:    -
 * asroot:   6.12, without a Landlock scope root may write to any process: all end
 * source:   proc(5)
 * root:     no
 */
#include "areas.h"

static int scribble(pid_t pid, unsigned long at, char *bytes)
{
	char path[48];
	int mem, done;

	snprintf(path, sizeof(path), "/proc/%d/mem", (int)pid);
	mem = open(path, O_RDWR | O_CLOEXEC);
	done = mem >= 0 && pwrite(mem, bytes, 4096, (off_t)at) > 0;
	close(mem);
	return done;
}

int main(int argc, char **argv)
{
	return strike_watchers(argc, argv, scribble);
}
