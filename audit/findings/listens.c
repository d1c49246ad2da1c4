/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/findings/listens.c - waits for connections from other machines
 */
#include <stdio.h>
#include <string.h>

#include "audit/finding.h"
#include "audit/record.h"
#include "net/addr.h"

static void see(const struct finding_rule *rule, struct finding_event *event)
{
	const struct text *fields = event->record->fields;
	char address[64], name[32];
	struct addr addr;

	if (!text_is(fields[F_ACTION], "listen") || !text_is(fields[F_RESULT], "0") ||
	    !addr_parse(fields[F_SERVER_IP].at, fields[F_SERVER_IP].len, &addr) ||
	    addr_scope_of(&addr) == ADDR_SCOPE_LOCALHOST)
		return;
	text_copy(fields[F_SERVER_IP], address, sizeof(address));
	text_copy(fields[F_NAME], name, sizeof(name));
	finding_add(rule, event, address, "%s listens on %s port %lld", name, address,
		    (long long)text_number(fields[F_SERVER_PORT]));
}

const struct finding_rule finding_listens = {
	.id = "listens",
	.title = "waits for connections from other machines",
	.severity = SEVERITY_LOW,
	.confidence = "high",
	.technique = "T1571",
	.technique_name = "Non-Standard Port",
	.advice = "A client has no need to listen: refuse with 'default bind refuse'.",
	.see = see,
};
