/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/findings/dns_tunnel.c - so many and so large DNS questions that they carry data
 */
#include <stdio.h>
#include <string.h>

#include "audit/finding.h"
#include "audit/record.h"
#include "audit/report.h"

#define QUESTIONS_MIN 30
#define MEAN_MIN      80 /* bytes; a usual question has 30 to 50 */

static void see(const struct finding_rule *rule, struct finding_event *event)
{
	int64_t bytes = text_number(event->record->fields[F_SOURCE_BYTES]);
	struct finding_memory *memory;
	char entity[64];

	if (!event->dest || event->dest->port != 53 || bytes <= 0 ||
	    !finding_is_call(event->record) ||
	    !text_is(event->record->fields[F_TRANSPORT], "udp"))
		return;
	text_copy(event->record->fields[F_ENTITY], entity, sizeof(entity));
	memory = finding_remember(event, entity);
	if (!memory)
		return;
	memory->count++;
	memory->sum += (double)bytes;
	if (memory->told || memory->count < QUESTIONS_MIN ||
	    memory->sum < MEAN_MIN * (double)memory->count)
		return;
	memory->told = true;
	finding_add(rule, event, entity, "%llu questions of %.0f bytes on average to %s",
		    (unsigned long long)memory->count,
		    memory->sum / (double)memory->count, event->dest->address);
}

const struct finding_rule finding_dns_tunnel = {
	.id = "dns-tunnel",
	.title = "DNS questions that look like a tunnel",
	.severity = SEVERITY_HIGH,
	.confidence = "low",
	.technique = "T1071.004",
	.technique_name = "DNS",
	.advice = "Look at the names that were asked, with a packet capture of port 53.",
	.see = see,
};
