/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/proc_stat.c - what /proc/PID/stat says of a task
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fdio.h"
#include "tracer/proc.h"

#define PF_EXITING 0x4 /* include/linux/sched.h */
#define STAT_MAX   1024

/* proc(5) stat: fields with blanks between them. The second is the name, in brackets,
 * which may hold anything; the last one ends it. */
enum stat_field {
	STAT_STATE = 3,
	STAT_PARENT = 4,
	STAT_FLAGS = 9,
	STAT_START = 22,
	STAT_END_DATA = 46, /* the heap's begin is the next */
};

static const char *skip_fields(const char *at, unsigned count)
{
	for (; count && *at; count--) {
		at += strcspn(at, " ");
		at += *at == ' ';
	}
	return at;
}

/* Where the field begins in what was read; "" when it cannot be read. */
static const char *read_stat(pid_t pid, enum stat_field field, char text[static STAT_MAX])
{
	char path[48];
	const char *end;

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	end = fdio_read_small(path, text, STAT_MAX) < 0 ? NULL : strrchr(text, ')');
	return end ? skip_fields(end, (unsigned)field - 2) : "";
}

/* include/linux/sched.h: PF_KTHREAD, and PF_USER_WORKER or, before Linux 6.4, what
 * io_uring's had. */
bool proc_is_of_the_kernel(pid_t tid)
{
	char text[STAT_MAX];

	return strtoul(read_stat(tid, STAT_FLAGS, text), NULL, 10) &
	       (0x00200000 | 0x00004000 | 0x00000010);
}

uint64_t proc_heap(pid_t tid)
{
	char text[STAT_MAX], *end;
	uint64_t data = strtoull(read_stat(tid, STAT_END_DATA, text), &end, 10);
	uint64_t heap = strtoull(end, NULL, 10);

	return data < heap ? data : heap;
}

bool proc_is_ending(pid_t pid)
{
	char text[STAT_MAX];
	const char *state = read_stat(pid, STAT_STATE, text);

	return *state == 'Z' || *state == 'X' ||
	       (strtoul(skip_fields(state, STAT_FLAGS - STAT_STATE), NULL, 10) &
		PF_EXITING);
}

bool proc_born(pid_t pid, uint64_t *ret_ticks, pid_t *ret_parent)
{
	char text[STAT_MAX];
	const char *parent = read_stat(pid, STAT_PARENT, text),
		   *start = skip_fields(parent, STAT_START - STAT_PARENT);

	if (!*start)
		return false;
	*ret_parent = (pid_t)strtol(parent, NULL, 10);
	*ret_ticks = strtoull(start, NULL, 10);
	return true;
}
