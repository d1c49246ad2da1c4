/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/finding.c - runs every finding's rule over the events, and keeps what they find
 */
#include "audit/finding.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "audit/record.h"
#include "audit/report.h"
#include "base/xalloc.h"

/* NOLINTNEXTLINE(cppcoreguidelines-interfaces-global-init): addresses of constants */
static const struct finding_rule *const rules[] = {
	&finding_evasion,    &finding_hard_coded, &finding_beacon,    &finding_port_scan,
	&finding_host_scan,  &finding_metadata,   &finding_tor,       &finding_cleartext,
	&finding_dns_tunnel, &finding_preload,    &finding_odd_place, &finding_listens,
};
static_assert(ARRAY_LEN(rules) <= ARRAY_LEN(((struct findings *)0)->states),
	      "a state for each rule");

static const char *const severities[] = {"low", "medium", "high", "critical"};
static_assert(ARRAY_LEN(severities) == SEVERITY_NUM_, "name each severity");

const char *severity_name(enum severity severity)
{
	return severities[severity];
}

void findings_see(struct findings *findings, const struct record *record,
		  const struct report_dest *dest, double time)
{
	struct finding_event event = {
		.record = record, .dest = dest, .time = time, .out = findings};

	for (size_t i = 0; i < ARRAY_LEN(rules); i++) {
		event.state = &findings->states[i];
		rules[i]->see(rules[i], &event);
	}
}

static void free_memory(void *state)
{
	struct finding_memory *head = state, *row, *next;

	HASH_ITER(hh, head, row, next)
	{
		/* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): uthash's list */
		HASH_DEL(head, row);
		free(row);
	}
}

void findings_done(struct findings *findings)
{
	struct finding *finding, *next;

	for (size_t i = 0; i < ARRAY_LEN(rules); i++)
		if (findings->states[i])
			(rules[i]->done ? rules[i]->done
					: free_memory)(findings->states[i]);
	HASH_ITER(hh, findings->head, finding, next)
	{
		/* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): uthash's list */
		HASH_DEL(findings->head, finding);
		free(finding);
	}
}

static int graver(const struct finding *a, const struct finding *b)
{
	if (a->severity != b->severity)
		return a->severity > b->severity ? -1 : 1;
	return strcmp(a->key, b->key);
}

void findings_sort(struct findings *findings)
{
	HASH_SORT(findings->head, graver);
}

static struct finding *find_or_make(const struct finding_rule *rule, struct findings *out,
				    const char *about)
{
	struct finding *finding;
	char key[sizeof(finding->key)];

	snprintf(key, sizeof(key), "%s %s", rule->id, about);
	HASH_FIND_STR(out->head, key, finding);
	if (finding || HASH_COUNT(out->head) >= FINDINGS_MAX)
		return finding;
	finding = xcalloc(1, sizeof(*finding));
	memcpy(finding->key, key, sizeof(key));
	finding->rule = rule;
	finding->severity = rule->severity;
	snprintf(finding->title, sizeof(finding->title), "%s", rule->title);
	snprintf(finding->technique, sizeof(finding->technique), "%s", rule->technique);
	snprintf(finding->technique_name, sizeof(finding->technique_name), "%s",
		 rule->technique_name);
	HASH_ADD_STR(out->head, key, finding);
	return finding;
}

struct finding *finding_add(const struct finding_rule *rule, struct finding_event *event,
			    const char *about, const char *format, ...)
{
	struct finding *finding = find_or_make(rule, event->out, about);
	struct finding_evidence *evidence;
	va_list args;

	if (!finding)
		return NULL;
	if (finding->count++ >= FINDING_EVIDENCE_MAX)
		return finding;
	evidence = &finding->evidence[finding->count - 1];
	text_copy(event->record->fields[F_RUN], evidence->run, sizeof(evidence->run));
	evidence->sequence = text_number(event->record->fields[F_SEQUENCE]);
	evidence->time = event->time;
	va_start(args, format);
	vsnprintf(evidence->text, sizeof(evidence->text), format, args);
	va_end(args);
	return finding;
}

bool finding_is_call(const struct record *record)
{
	return text_is(record->fields[F_PHASE], "end") &&
	       text_is(record->fields[F_DIRECTION], "egress");
}

bool finding_is_internet(const struct finding_event *event)
{
	return event->dest && event->dest->is_ip && !event->dest->inbound &&
	       event->dest->scope == ADDR_SCOPE_INTERNET &&
	       finding_is_call(event->record);
}

struct finding_memory *finding_remember(struct finding_event *event, const char *key)
{
	struct finding_memory *head = *event->state, *row;
	char whole[sizeof(row->key)];

	snprintf(whole, sizeof(whole), "%s", key);
	HASH_FIND_STR(head, whole, row);
	if (row || HASH_COUNT(head) >= FINDING_STATES_MAX)
		return row;
	row = xcalloc(1, sizeof(*row));
	memcpy(row->key, whole, sizeof(whole));
	HASH_ADD_STR(head, key, row);
	*event->state = head;
	return row;
}
