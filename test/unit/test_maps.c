/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_maps.c - the maps of this process, and symbols of its own file
 */
#include "tracer/maps.h"

#include "test/unit/harness.h"
#include "tracer/symbols.h"

__attribute__((noinline)) static int known_function(int value)
{
	return value + 1;
}

static const struct map *own_map(struct maps *maps)
{
	maps_read(getpid(), maps);
	return maps_find(maps, (uint64_t)(uintptr_t)known_function);
}

TEST(own_text)
{
	struct maps maps;
	const struct map *map = own_map(&maps);

	CHECK(maps.count > 3 && map && strstr(map->path, "test_maps"));
	CHECK(map && maps.list[map->base].offset == 0);
	CHECK(map && strcmp(maps.list[map->base].path, map->path) == 0);
	CHECK(!maps_find(&maps, 0) && !maps_find(&maps, 1));
	CHECK(!maps_find(&maps, (uint64_t)(uintptr_t)&map)); /* a stack is no file */
	for (size_t i = 1; i < maps.count; i++)
		CHECK(maps.list[i - 1].end <= maps.list[i].start);
	maps_free(&maps);
	CHECK(!maps.count);
	maps_read(0x7ffffff0, &maps);
	CHECK(!maps.count);
	maps_free(&maps);
}

TEST(own_symbols)
{
	struct symbols *files = NULL;
	struct maps maps;
	const struct map *map = own_map(&maps);
	uint64_t offset = 0, at;
	const char *name;

	if (!map)
		return;
	/* a position-independent program: addresses in the file count from its begin */
	at = (uint64_t)(uintptr_t)known_function - maps.list[map->base].start;
	name = symbols_find(&files, getpid(), map->path, map->inode, at + 1, &offset);
	CHECK(name && strcmp(name, "known_function") == 0 && offset == 1);
	CHECK(known_function(1) == 2);
	CHECK(!symbols_find(&files, getpid(), map->path, map->inode, 0, &offset));
	/* another file by now: nothing is known of it */
	CHECK(!symbols_find(&files, getpid(), map->path, map->inode + 1, at, &offset));
	CHECK(!symbols_find(&files, getpid(), "/etc/passwd", 1, at, &offset));
	CHECK(!symbols_find(&files, getpid(), "/nonexistent", 1, at, &offset));
	symbols_free(&files);
	CHECK(!files);
	maps_free(&maps);
}
