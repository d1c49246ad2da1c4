/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/findings/evasion.c - a way round the jail was tried
 */
#include <stdio.h>

#include "audit/finding.h"
#include "audit/record.h"

/* As audit/ecs_call.c makes severities of risk scores. */
static enum severity severity_of(int64_t risk)
{
	if (risk < 25)
		return SEVERITY_LOW;
	if (risk < 50)
		return SEVERITY_MEDIUM;
	return risk < 75 ? SEVERITY_HIGH : SEVERITY_CRITICAL;
}

static void see(const struct finding_rule *rule, struct finding_event *event)
{
	const struct text *fields = event->record->fields;
	bool sub = fields[F_SUBTECHNIQUE].len;
	char action[32], evidence[128], fate[64], message[80];
	struct finding *finding;

	if (!text_is(fields[F_KIND], "alert"))
		return;
	text_copy(fields[F_ACTION], action, sizeof(action));
	text_copy(fields[F_EVIDENCE], evidence, sizeof(evidence));
	text_copy(fields[F_FATE], fate, sizeof(fate));
	text_copy(fields[F_MESSAGE], message, sizeof(message));
	finding = finding_add(rule, event, action, "%s: %s", evidence, fate);
	if (!finding || finding->count > 1)
		return;
	finding->severity = severity_of(text_number(fields[F_RISK]));
	snprintf(finding->title, sizeof(finding->title), "%s: %s", action, message);
	text_copy(fields[sub ? F_SUBTECHNIQUE : F_TECHNIQUE], finding->technique,
		  sizeof(finding->technique));
	text_copy(fields[sub ? F_SUBTECHNIQUE_NAME : F_TECHNIQUE_NAME],
		  finding->technique_name, sizeof(finding->technique_name));
}

const struct finding_rule finding_evasion = {
	.id = "evasion",
	.title = "a way round the jail",
	.severity = SEVERITY_HIGH,
	.confidence = "high",
	.technique = "",
	.technique_name = "",
	.advice = "Find out which library or code makes this call, and whether it is "
		  "needed.",
	.see = see,
};
