/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * names/table.c - what addresses are called: the names that were learnt for each
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

struct item {
	struct item *next;
	char name[];
};

struct entry {
	struct key key;
	struct item *first, **end;
	unsigned count;
	UT_hash_handle hh;
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

	if (len > 1 && name[len - 1] == '.')
		len--;
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
		while (entry->first) {
			struct item *second = entry->first->next;

			free(entry->first);
			entry->first = second;
		}
		HASH_DEL(names->entries, entry);
		free(entry);
	}
	free(names);
}

static int add_item(struct entry *entry, const char *name)
{
	size_t size = strlen(name) + 1;
	struct item *item;

	for (item = entry->first; item; item = item->next) {
		if (strcmp(item->name, name) == 0)
			return 0;
	}
	if (entry->count == NAMES_PER_ADDR)
		return -ENOSPC;
	item = malloc(sizeof(*item) + size);
	if (!item)
		return -ENOMEM;
	item->next = NULL;
	memcpy(item->name, name, size);
	*entry->end = item;
	entry->end = &item->next;
	entry->count++;
	return 0;
}

int names_add(struct names *names, const struct addr *addr, const char *name, size_t len)
{
	struct key key = key_of(addr);
	char folded[NAMES_LEN_MAX + 1];
	struct entry *entry;

	if (addr->family == ADDR_NONE || !fold(name, len, folded))
		return -EINVAL;
	entry = find(names, &key);
	if (entry)
		return add_item(entry, folded);
	if (HASH_COUNT(names->entries) >= NAMES_MAX)
		return -ENOSPC;
	entry = calloc(1, sizeof(*entry));
	if (!entry)
		return -ENOMEM;
	entry->key = key;
	entry->end = &entry->first;
	HASH_ADD(hh, names->entries, key, sizeof(entry->key), entry);
	return add_item(entry, folded);
}

const char *names_lookup(const struct names *names, const struct addr *addr)
{
	const char *name;

	return names_all(names, addr, &name, 1) ? name : NULL;
}

unsigned names_all(const struct names *names, const struct addr *addr,
		   const char **ret_names, unsigned max)
{
	struct key key = key_of(addr);
	const struct entry *entry = find(names, &key);
	unsigned count = 0;

	for (const struct item *item = entry ? entry->first : NULL; item && count < max;
	     item = item->next)
		ret_names[count++] = item->name;
	return count;
}

void names_addresses(const struct names *names, const char *name,
		     void (*found)(void *context, const struct addr *addr), void *context)
{
	for (const struct entry *entry = names->entries; entry; entry = entry->hh.next) {
		const struct item *item = entry->first;
		struct addr addr = {.family = entry->key.family};

		memcpy(addr.bytes, entry->key.bytes, sizeof(addr.bytes));
		while (item && strcmp(item->name, name) != 0)
			item = item->next;
		if (item)
			found(context, &addr);
	}
}
