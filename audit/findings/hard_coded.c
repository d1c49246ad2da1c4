/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/findings/hard_coded.c - an address of the internet that nobody looked up
 */
#include <stdio.h>
#include <string.h>

#include "audit/finding.h"
#include "audit/record.h"
#include "audit/report.h"

/* An address that stands on the command line was given to the program. */
static bool was_given(const struct record *record, const char *address)
{
	char line[1100];

	text_copy(record->fields[F_COMMAND_LINE], line, sizeof(line));
	return strstr(line, address);
}

/* Until DNS is watched, a lookup is a call to a name server (port 53) or to the caches
 * of this host; the same process then has its addresses from there. */
static bool looks_up(const struct finding_event *event)
{
	const struct text *fields = event->record->fields;
	char address[128];

	if (text_is(fields[F_DEST_PORT], "53"))
		return true;
	text_copy(fields[F_DEST_ADDRESS], address, sizeof(address));
	return strcmp(address, "/run/systemd/resolve/io.systemd.Resolve") == 0;
}

static void see(const struct finding_rule *rule, struct finding_event *event)
{
	const struct text *fields = event->record->fields;
	struct finding_memory *memory;
	char entity[64];

	if (!finding_is_call(event->record) || !event->dest)
		return;
	text_copy(fields[F_ENTITY], entity, sizeof(entity));
	memory = finding_remember(event, entity);
	if (!memory)
		return;
	memory->told |= looks_up(event);
	if (memory->told || !finding_is_internet(event) || !event->dest->direct ||
	    was_given(event->record, event->dest->address))
		return;
	finding_add(rule, event, event->dest->address,
		    "%s went to %s port %lld, no name asked",
		    event->dest->name_count ? event->dest->names[0] : "?",
		    event->dest->address, (long long)event->dest->port);
}

const struct finding_rule finding_hard_coded = {
	.id = "hard-coded-address",
	.title = "an internet address that was not looked up",
	.severity = SEVERITY_MEDIUM,
	.confidence = "medium",
	.technique = "T1071",
	.technique_name = "Application Layer Protocol",
	.advice = "Look for the address in the program; legitimate software uses names.",
	.see = see,
};
