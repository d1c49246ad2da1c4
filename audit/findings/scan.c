/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/findings/scan.c - a process tries many ports, or many hosts
 */
#include <stdio.h>
#include <string.h>

#include "audit/finding.h"
#include "audit/record.h"
#include "audit/report.h"

#define PORTS_MIN 10
#define HOSTS_MIN 15

/* True when this is the `limit`th different value. */
static bool is_nth(struct finding_memory *memory, uint32_t value, unsigned limit)
{
	for (unsigned i = 0; i < memory->seen_count; i++)
		if (memory->seen[i] == value)
			return false;
	if (memory->seen_count == ARRAY_LEN(memory->seen))
		return false;
	memory->seen[memory->seen_count++] = value;
	return memory->seen_count == limit;
}

static uint32_t hash_of(const char *text)
{
	uint32_t hash = 2166136261u;

	for (; *text; text++)
		hash = (hash ^ (uint8_t)*text) * 16777619u;
	return hash;
}

static bool counts(const struct finding_event *event)
{
	return event->dest && event->dest->is_ip && finding_is_call(event->record);
}

static void see_ports(const struct finding_rule *rule, struct finding_event *event)
{
	struct finding_memory *memory;
	char entity[64], key[200];

	if (!counts(event))
		return;
	text_copy(event->record->fields[F_ENTITY], entity, sizeof(entity));
	snprintf(key, sizeof(key), "%s %s", entity, event->dest->address);
	memory = finding_remember(event, key);
	if (memory && is_nth(memory, (uint32_t)event->dest->port, PORTS_MIN))
		finding_add(rule, event, event->dest->address,
			    "%u ports or more of %s by one process", PORTS_MIN,
			    event->dest->address);
}

static void see_hosts(const struct finding_rule *rule, struct finding_event *event)
{
	struct finding_memory *memory;
	char entity[64], key[200];

	if (!counts(event) || event->dest->port == 53 || event->dest->port == 443)
		return;
	text_copy(event->record->fields[F_ENTITY], entity, sizeof(entity));
	snprintf(key, sizeof(key), "%s %lld", entity, (long long)event->dest->port);
	memory = finding_remember(event, key);
	if (memory && is_nth(memory, hash_of(event->dest->address), HOSTS_MIN))
		finding_add(rule, event, key,
			    "port %lld of %u hosts or more by one process",
			    (long long)event->dest->port, HOSTS_MIN);
}

const struct finding_rule finding_port_scan = {
	.id = "port-scan",
	.title = "many ports of one host",
	.severity = SEVERITY_HIGH,
	.confidence = "high",
	.technique = "T1046",
	.technique_name = "Network Service Discovery",
	.advice =
		"A scan looks for services to attack. Ask what the program needs it for.",
	.see = see_ports,
};

const struct finding_rule finding_host_scan = {
	.id = "host-scan",
	.title = "one port of many hosts",
	.severity = SEVERITY_HIGH,
	.confidence = "medium",
	.technique = "T1018",
	.technique_name = "Remote System Discovery",
	.advice = "A scan looks for hosts to attack. Ask what the program needs it for.",
	.see = see_hosts,
};
