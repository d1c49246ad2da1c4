/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rules/explain.c - for people: why a rule decides, and which rules were passed over
 */
#include "rules/explain.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/escape.h"
#include "base/xalloc.h"
#include "rules/match.h"
#include "rules/rule.h"
#include "rules/ruleset.h"

struct explainer {
	const struct ruleset *set;
	const struct subject *subject;
	bool *candidates; /* targets that the index gives */
	char why[512];
};

static void say_condition(struct explainer *explainer, const struct condition *condition)
{
	char storage[256];
	struct buf written, why;

	buf_init(&written, storage, sizeof(storage));
	condition_put(&written, condition);
	buf_init(&why, explainer->why, sizeof(explainer->why));
	buf_puts(&why, "'");
	escape_put(&why, written.data, written.len);
	buf_puts(&why, "' does not hold");
}

static bool conditions_hold(struct explainer *explainer, const struct rule *rule)
{
	enum verdict verdict = explainer->set->actions[rule->action].verdict;

	for (size_t i = 0; i < rule->condition_count; i++) {
		const struct condition *condition =
			&explainer->set->conditions[rule->condition_at + i];

		if (condition_holds(condition, explainer->subject->request, 1, verdict))
			continue;
		say_condition(explainer, condition);
		return false;
	}
	return true;
}

/* Matches; else the reason is said. */
static bool rule_matches(struct explainer *explainer, const struct rule *rule)
{
	enum verdict verdict = explainer->set->actions[rule->action].verdict;
	const char *why = "another destination";

	for (size_t i = 0; i < rule->target_count; i++) {
		const struct target *target =
			&explainer->set->targets[rule->target_at + i];
		struct target anywhere = *target;

		if (!explainer->candidates[rule->target_at + i])
			continue;
		if (target_match(target, verdict, explainer->subject))
			return conditions_hold(explainer, rule);
		anywhere.port_count = 0;
		if (target->port_count &&
		    target_match(&anywhere, verdict, explainer->subject))
			why = "another port";
		anywhere.protos = 0;
		if (target->protos && strcmp(why, "another port") != 0 &&
		    target_match(&anywhere, verdict, explainer->subject))
			why = "another protocol";
		anywhere.bind = !anywhere.bind;
		if (target_match(&anywhere, verdict, explainer->subject))
			why = target->bind ? "about local addresses"
					   : "about destinations";
	}
	snprintf(explainer->why, sizeof(explainer->why), "%s", why);
	return false;
}

struct decision explain_decision(const struct ruleset *set, const struct request *request,
				 explain_fn passed, void *context)
{
	struct subject subject = subject_from(set, request);
	struct explainer explainer = {.set = set, .subject = &subject};
	struct decision decision = ruleset_decide(set, request);
	uint32_t number;

	explainer.candidates =
		xcalloc(set->target_count + 1, sizeof(*explainer.candidates));
	index_ask(set->index, &subject);
	while (index_next(set->index, &number))
		explainer.candidates[number] = true;
	for (size_t i = 0; i < ruleset_count(set); i++) {
		const struct rule *rule = &set->rules[i];

		if (rule_matches(&explainer, rule))
			break;
		passed(context, &(struct explained){rule->id, rule->text, explainer.why});
	}
	free(explainer.candidates);
	return decision;
}
