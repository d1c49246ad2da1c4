/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * names/table.c - what addresses are called: the first name that was learnt for each
 */
#include "names/table.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/xalloc.h"
#include "net/addr.h"

/* Bytes only, so that no padding is hashed. */
struct key {
	uint8_t family;
	uint8_t bytes[16];
};

struct entry {
	struct key key;
	UT_hash_handle hh;
	char name[];
};

struct names {
	struct entry *entries;
};

static struct key key_of(const struct addr *addr)
{
	struct addr judged = addr_canonical(*addr);
	struct key key = {.family = (uint8_t)judged.family};

	memcpy(key.bytes, judged.bytes, sizeof(key.bytes));
	return key;
}

/* Writes `name` in small letters with a NUL after it; false when it may not be stored. */
static bool fold(const char *name, size_t len, char *ret_name)
{
	static const char from[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				   "0123456789._-";
	static const char to[] = "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz"
				 "0123456789._-";

	if (len < 1 || len > NAMES_LEN_MAX)
		return false;
	for (size_t i = 0; i < len; i++) {
		const char *known = memchr(from, name[i], sizeof(from) - 1);

		if (!known)
			return false;
		ret_name[i] = to[known - from];
	}
	ret_name[len] = '\0';
	return true;
}

static struct entry *find(const struct names *names, const struct key *key)
{
	struct entry *entry;

	HASH_FIND(hh, names->entries, key, sizeof(*key), entry);
	return entry;
}

struct names *names_new(void)
{
	return xcalloc(1, sizeof(struct names));
}

void names_free(struct names *names)
{
	struct entry *entry, *next;

	if (!names)
		return;
	HASH_ITER(hh, names->entries, entry, next)
	{
		HASH_DEL(names->entries, entry);
		free(entry);
	}
	free(names);
}

int names_add(struct names *names, const struct addr *addr, const char *name, size_t len)
{
	struct key key = key_of(addr);
	char folded[NAMES_LEN_MAX + 1];
	struct entry *entry;

	if (addr->family == ADDR_NONE || !fold(name, len, folded))
		return -EINVAL;
	if (find(names, &key))
		return 0;
	if (HASH_COUNT(names->entries) >= NAMES_MAX)
		return -ENOSPC;
	entry = malloc(sizeof(*entry) + len + 1);
	if (!entry)
		return -ENOMEM;
	entry->key = key;
	memcpy(entry->name, folded, len + 1);
	HASH_ADD(hh, names->entries, key, sizeof(entry->key), entry);
	return 0;
}

const char *names_lookup(const struct names *names, const struct addr *addr)
{
	struct key key = key_of(addr);
	const struct entry *entry = find(names, &key);

	return entry ? entry->name : NULL;
}
