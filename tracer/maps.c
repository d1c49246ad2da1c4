/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/maps.c - which file lies where in a process, by /proc/PID/maps
 */
#include "tracer/maps.h"

#include <stdio.h>
#include <string.h>

#include "base/xalloc.h"

#define MAPS_MAX 4096

/* "start-end perms offset dev inode path", proc(5); a path may hold blanks. */
static bool parse_line(char *line, struct map *ret_map)
{
	char *at = line, *end = strchr(line, '\n');
	struct map map = {0};

	if (!end)
		return false;
	*end = 0;
	map.start = strtoull(at, &at, 16);
	if (*at++ != '-')
		return false;
	map.end = strtoull(at, &at, 16);
	if (*at++ != ' ' || strlen(at) < 5)
		return false;
	map.offset = strtoull(at + 5, &at, 16);
	at = *at == ' ' ? strchr(at + 1, ' ') : NULL;
	if (!at)
		return false;
	map.inode = strtoull(at + 1, &at, 10);
	at = strchr(at, '/');
	if (!at || !map.inode)
		return false;
	map.path = xstrndup(at, strlen(at));
	*ret_map = map;
	return true;
}

/* Mappings of a file follow each other; the first has its head. */
static size_t base_of(const struct maps *maps, const struct map *map)
{
	size_t base = maps->count;

	for (size_t i = maps->count; i-- > 0;) {
		if (maps->list[i].inode != map->inode ||
		    strcmp(maps->list[i].path, map->path) != 0)
			break;
		base = i;
		if (!maps->list[i].offset)
			break;
	}
	return base;
}

void maps_read(pid_t pid, struct maps *ret_maps)
{
	struct maps maps = {0};
	size_t cap = 0, line_cap = 0;
	char path[48], *line = NULL;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/maps", (int)pid);
	file = fopen(path, "re");
	while (file && maps.count < MAPS_MAX && getline(&line, &line_cap, file) > 0) {
		struct map map;

		if (!parse_line(line, &map))
			continue;
		map.base = base_of(&maps, &map);
		if (maps.count == cap) {
			cap = cap ? 2 * cap : 64;
			maps.list = xreallocarray(maps.list, cap, sizeof(*maps.list));
		}
		maps.list[maps.count++] = map;
	}
	free(line);
	if (file)
		(void)fclose(file);
	*ret_maps = maps;
}

void maps_free(struct maps *maps)
{
	for (size_t i = 0; i < maps->count; i++)
		free(maps->list[i].path);
	free(maps->list);
	*maps = (struct maps){0};
}

const struct map *maps_find(const struct maps *maps, uint64_t address)
{
	size_t low = 0, high = maps->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (maps->list[middle].end <= address)
			low = middle + 1;
		else
			high = middle;
	}
	return low < maps->count && maps->list[low].start <= address ? &maps->list[low]
								     : NULL;
}
