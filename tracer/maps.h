/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/maps.h - which file lies where in a process, by /proc/PID/maps
 */
#ifndef NETJAIL_TRACER_MAPS_H
#define NETJAIL_TRACER_MAPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/cleanup.h"

struct map {
	uint64_t start, end, offset, inode;
	char *path;  /* of a file */
	size_t base; /* the mapping of the same file with offset 0: where it begins */
};

struct maps {
	struct map *list;
	size_t count;
};

/* The mappings of files; none when they cannot be read. */
void maps_read(pid_t pid, struct maps *ret_maps);
void maps_free(struct maps *maps);
/* The mapping that the address lies in, or NULL. */
const struct map *maps_find(const struct maps *maps, uint64_t address);

#endif
