/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/tracer_proc_mem.c - /proc/PID/mem of netjail
 *
 * attack:   the first page of each writable area of the tracer is overwritten
 * expect:   silent control=none
 * event:    -
 * source:   proc(5)
 * root:     no
 */

#include "door.h"

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

static void strike(pid_t pid)
{
	char path[48], line[256], bytes[4096] = {0};
	unsigned long start, end;
	int written = 0;
	FILE *maps;

	snprintf(path, sizeof(path), "/proc/%d/maps", (int)pid);
	maps = fopen(path, "re");
	if (!maps) {
		saw(path, -1);
		scribble(pid, 0x400000, bytes); /* blindly: it is to be told */
		return;
	}
	while (fgets(line, sizeof(line), maps))
		if (strstr(line, "rw-") && sscanf(line, "%lx-%lx", &start, &end) == 2)
			written += scribble(pid, start, bytes);
	fclose(maps);
	printf("%d areas overwritten\n", written);
}

int main(int argc, char **argv)
{
	struct endpoint ep = door_target(argc, argv);
	struct watchers watchers = find_watchers();

	for (int i = 0; i < watchers.count; i++)
		strike(watchers.pids[i]);
	end_standins(&watchers);
	knock(&ep);
	return 0;
}
