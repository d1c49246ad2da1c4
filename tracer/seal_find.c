/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/seal_find.c - where the sealed memory is in a program, as the kernel says
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/sysmacros.h>

#include "tracer/seal_memory.h"

struct part {
	uint64_t at, len, offset;
};

/* A mapping of our memory, or of a part of it: shared, read-only. */
static bool is_ours(const struct seal *seal, const char *line, struct part *ret)
{
	unsigned dev_major, dev_minor;
	uint64_t end, ino;
	char mode[5];

	/* NOLINTNEXTLINE(cert-err34-c): the kernel's own numbers */
	if (sscanf(line, "%" SCNx64 "-%" SCNx64 " %4s %" SCNx64 " %x:%x %" SCNu64,
		   &ret->at, &end, mode, &ret->offset, &dev_major, &dev_minor, &ino) != 7)
		return false;
	ret->len = end - ret->at;
	return ino == seal->ino && makedev(dev_major, dev_minor) == seal->dev &&
	       strcmp(mode, "r--s") == 0;
}

static bool suits(const struct seal_search *search, const struct part *part)
{
	if (search->part)
		return true;
	return !part->offset && part->len == SEAL_SIZE &&
	       (!search->at || search->at == part->at);
}

static uint64_t scan(const struct seal *seal, FILE *maps, struct seal_search *search)
{
	bool begins, ended = true;
	uint64_t candidate = 0;
	struct part part;
	char line[512];

	while (fgets(line, sizeof(line), maps)) {
		/* A long path goes on in the next piece, with bytes of the program's
		 * choice that may look like a mapping. */
		begins = ended;
		ended = strchr(line, '\n');
		if (!begins)
			continue;
		if (is_ours(seal, line, &part) && suits(search, &part)) {
			search->len = part.len;
			if (!search->sealed)
				return part.at;
			candidate = part.at;
		} else if (candidate && strncmp(line, "VmFlags:", 8) == 0) {
			if (strstr(line, " sl"))
				return candidate;
			candidate = 0;
		}
	}
	return 0;
}

uint64_t seal_find(const struct seal *seal, pid_t tid, struct seal_search *search)
{
	char path[48];
	uint64_t found;
	FILE *maps;

	snprintf(path, sizeof(path), "/proc/%d/%s", (int)tid,
		 search->sealed ? "smaps" : "maps");
	maps = fopen(path, "re");
	if (!maps)
		return 0;
	found = scan(seal, maps, search);
	fclose(maps);
	return found;
}
