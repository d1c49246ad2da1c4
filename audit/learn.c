/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/learn.c - the shortest rules that allow what a report has seen, and no more
 *
 * One rule a host and protocol, with all its ports. AF_UNIX and netlink need none: they
 * stay allowed by default.
 */
#include "audit/learn.h"

#include <inttypes.h>
#include <string.h>

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

/* True when one rule is for both. */
static bool is_same(const struct report_dest *a, const struct report_dest *b, bool names)
{
	if (strcmp(a->transport, b->transport) != 0 ||
	    by_name(a, names) != by_name(b, names))
		return false;
	return by_name(a, names) ? strcmp(a->domain, b->domain) == 0
				 : strcmp(a->address, b->address) == 0;
}

static bool came_before(const struct report *report, const struct report_dest *dest,
			bool names)
{
	const struct report_dest *other;

	for (other = report->dests; other != dest; other = other->hh.next)
		if (is_wanted(other) && is_same(other, dest, names))
			return true;
	return false;
}

#define PORTS 65536

/* "80,443,8000-8010" */
static void write_ports(FILE *out, const uint8_t ports[static PORTS])
{
	char before = ':';

	for (unsigned first = 0; first < PORTS; first++) {
		unsigned last = first;

		if (!ports[first])
			continue;
		while (last + 1 < PORTS && ports[last + 1])
			last++;
		fprintf(out, last > first ? "%c%u-%u" : "%c%u", before, first, last);
		before = ',';
		first = last;
	}
}

static void write_rule(FILE *out, const struct report_dest *dest, bool names)
{
	static uint8_t ports[PORTS];
	bool v6 = strchr(dest->address, ':'),
	     has_ports = strcmp(dest->transport, "icmp") != 0;
	const struct report_dest *other;
	uint64_t count = 0;

	memset(ports, 0, sizeof(ports));
	for (other = dest; other; other = other->hh.next) {
		if (!is_wanted(other) || !is_same(other, dest, names))
			continue;
		count += other->allowed;
		ports[(uint64_t)other->port % PORTS] = 1;
	}
	if (by_name(dest, names))
		fprintf(out, "allow %s", dest->domain);
	else
		fprintf(out, v6 && has_ports ? "allow [%s]" : "allow %s", dest->address);
	if (has_ports)
		write_ports(out, ports);
	fprintf(out, "/%s  # %" PRIu64 " time%s", dest->transport, count,
		count == 1 ? "" : "s");
	if (!by_name(dest, names) && is_word(dest->domain))
		fprintf(out, ", %s", dest->domain);
	fputc('\n', out);
}

void learn_write(FILE *out, const struct report *report, bool names)
{
	const struct report_dest *dest;

	fputs("default refuse\n", out);
	for (dest = report->dests; dest; dest = dest->hh.next)
		if (is_wanted(dest) && !came_before(report, dest, names))
			write_rule(out, dest, names);
	if (report->other_dests)
		fprintf(out,
			"# %" PRIu64
			" more calls went to destinations that were not kept\n",
			report->other_dests);
}
