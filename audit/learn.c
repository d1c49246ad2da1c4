/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/learn.c - the shortest rules that allow what a report has seen, and no more
 *
 * One rule a host and protocol, with all its ports. AF_UNIX and netlink need none: they
 * stay allowed by default.
 */
#include "audit/learn.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

static const char *const protocols[] = {"tcp", "udp", "icmp", "mptcp", "sctp"};

static bool is_word(const char *text)
{
	return *text &&
	       strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
			    "0123456789.-_") == strlen(text);
}

/* What a rule is needed for: an allowed call to an IP end. */
static bool is_wanted(const struct report_dest *dest)
{
	if (!dest->is_ip || dest->inbound || !dest->allowed)
		return false;
	for (size_t i = 0; i < ARRAY_LEN(protocols); i++)
		if (strcmp(dest->transport, protocols[i]) == 0)
			return true;
	return false;
}

static bool by_name(const struct report_dest *dest, bool names)
{
	return names && is_word(dest->domain) && strcmp(dest->domain, "localhost") != 0;
}

/* ---- destinations that one rule is for ---- */

struct member {
	const struct report_dest *dest;
	struct member *next;
};

struct group {
	char *key;
	struct member *first, **end;
	size_t count;
	UT_hash_handle hh;
};

static void put_in_group(struct group **groups, const struct report_dest *dest,
			 bool names)
{
	char key[sizeof(dest->transport) + sizeof(dest->domain) + 4];
	struct member *member = xcalloc(1, sizeof(*member));
	struct group *group;
	bool named = by_name(dest, names);

	snprintf(key, sizeof(key), "%s %d %s", dest->transport, named,
		 named ? dest->domain : dest->address);
	HASH_FIND_STR(*groups, key, group);
	if (!group) {
		group = xcalloc(1, sizeof(*group));
		group->key = xstrndup(key, strlen(key));
		group->end = &group->first;
		HASH_ADD_KEYPTR(hh, *groups, group->key, strlen(group->key), group);
	}
	member->dest = dest;
	*group->end = member;
	group->end = &member->next;
	group->count++;
}

static void free_groups(struct group **groups)
{
	struct group *group, *next;

	HASH_ITER(hh, *groups, group, next)
	{
		HASH_DEL(*groups, group);
		while (group->first) {
			struct member *member = group->first;

			group->first = member->next;
			free(member);
		}
		free(group->key);
		free(group);
	}
}

/* ---- rules ---- */

static int by_number(const void *a, const void *b)
{
	uint16_t x = *(const uint16_t *)a, y = *(const uint16_t *)b;

	return (x > y) - (x < y);
}

/* "80,443,8000-8010" */
static void write_ports(FILE *out, const struct group *group)
{
	cleanup_free uint16_t *ports = xcalloc(group->count, sizeof(*ports));
	char before = ':';
	size_t count = 0;

	for (const struct member *row = group->first; row; row = row->next)
		ports[count++] = (uint16_t)row->dest->port;
	qsort(ports, count, sizeof(*ports), by_number);
	for (size_t i = 0; i < count; i++) {
		size_t first = i;

		while (i + 1 < count && ports[i + 1] - ports[i] <= 1)
			i++;
		fprintf(out, ports[i] > ports[first] ? "%c%u-%u" : "%c%u", before,
			ports[first], ports[i]);
		before = ',';
	}
}

static void write_rule(FILE *out, const struct group *group, bool names)
{
	const struct report_dest *dest = group->first->dest;
	bool v6 = strchr(dest->address, ':'),
	     has_ports = strcmp(dest->transport, "icmp") != 0;
	uint64_t count = 0;

	for (const struct member *row = group->first; row; row = row->next)
		count += row->dest->allowed;
	if (by_name(dest, names))
		fprintf(out, "allow %s", dest->domain);
	else
		fprintf(out, v6 && has_ports ? "allow [%s]" : "allow %s", dest->address);
	if (has_ports)
		write_ports(out, group);
	fprintf(out, "/%s  # %" PRIu64 " time%s", dest->transport, count,
		count == 1 ? "" : "s");
	if (!by_name(dest, names) && is_word(dest->domain))
		fprintf(out, ", %s", dest->domain);
	fputc('\n', out);
}

void learn_write(FILE *out, const struct report *report, bool names)
{
	const struct report_dest *dest;
	struct group *groups = NULL;

	fputs("default refuse\n", out);
	for (dest = report->dests; dest; dest = dest->hh.next)
		if (is_wanted(dest))
			put_in_group(&groups, dest, names);
	for (const struct group *group = groups; group; group = group->hh.next)
		write_rule(out, group, names);
	free_groups(&groups);
	if (report->other_dests)
		fprintf(out,
			"# %" PRIu64
			" more calls went to destinations that were not kept\n",
			report->other_dests);
}
