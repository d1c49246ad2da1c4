/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rules/decide.c - ruleset and request -> verdict, and which rule gave it
 *
 * Theory of operation
 *   The first rule that matches decides, in the order in which the texts were added; then
 * the builtins; then the default. The index gives the targets that may match, in that
 * order; the rule of the first that does is held against its conditions.
 */
#include <sys/socket.h>

#include "base/xalloc.h"
#include "rules/match.h"
#include "rules/rule.h"

/* How often the rule has matched with this time; counted only when the call is made. */
static uint32_t number_of(const struct ruleset *set, size_t rule, bool counts)
{
	uint32_t seen = set->seen ? set->seen[rule] : 0;

	if (seen < UINT32_MAX)
		seen++;
	if (counts && set->seen)
		set->seen[rule] = seen;
	return seen;
}

static bool all_hold(const struct subject *subject, const struct rule *rule,
		     bool counting, uint32_t number)
{
	const struct ruleset *set = subject->set;
	enum verdict verdict = set->actions[rule->action].verdict;

	for (size_t i = 0; i < rule->condition_count; i++) {
		const struct condition *condition =
			&set->conditions[rule->condition_at + i];

		if (condition_counts(condition) == counting &&
		    !condition_holds(condition, subject->request, number, verdict))
			return false;
	}
	return true;
}

static bool conditions_hold(const struct subject *subject, size_t number, bool counts)
{
	const struct rule *rule = &subject->set->rules[number];

	if (!all_hold(subject, rule, false, 0))
		return false;
	return !rule->counts ||
	       all_hold(subject, rule, true, number_of(subject->set, number, counts));
}

/* The target of the first rule that matches; NULL: none does. */
static const struct target *find_target(const struct subject *subject, bool counts)
{
	const struct ruleset *set = subject->set;
	uint32_t tried = UINT32_MAX, number;

	index_ask(set->index, subject);
	while (index_next(set->index, &number)) {
		const struct target *target = &set->targets[number];
		const struct rule *rule = &set->rules[target->rule];

		if (target->rule == tried ||
		    !target_match(target, set->actions[rule->action].verdict, subject))
			continue;
		if (conditions_hold(subject, target->rule, counts))
			return target;
		tried = target->rule;
	}
	return NULL;
}

static struct decision builtin(const char *id)
{
	return (struct decision){VERDICT_ALLOW, id, "", NULL};
}

static struct decision by_fallback(const struct fallback *fallback, const char *id)
{
	if (!fallback->id)
		return builtin(id);
	return (struct decision){fallback->verdict, id, fallback->text, NULL};
}

/* A plain socket does nothing before it connects, sends or binds, and that is judged.
 * SCTP may speak to more addresses of the peer than that which is judged (RFC 9260 6.4):
 * it is there for those who name it. */
static bool is_harmless(const struct subject *subject)
{
	return proto_is_plain(&subject->request->sock) ||
	       (subject->proto == PROTO_SCTP && subject->set->names_sctp);
}

/* Name lookups need unix and netlink sockets. */
static struct decision without_rule(const struct subject *subject)
{
	const struct fallback *fallbacks = subject->set->fallbacks;
	const struct request *request = subject->request;

	if (subject->family == AF_UNIX)
		return builtin("builtin:unix");
	if (subject->family == AF_NETLINK)
		return builtin("builtin:netlink");
	if (request->kind == REQUEST_BIND && !fallbacks[FALLBACK_BIND].id)
		return builtin("builtin:bind");
	if (request->kind == REQUEST_BIND)
		return by_fallback(&fallbacks[FALLBACK_BIND], "default bind");
	if (request->kind == REQUEST_SOCKET && is_harmless(subject))
		return builtin("builtin:socket");
	return by_fallback(&fallbacks[FALLBACK_ALL], "default");
}

/* A socket for a name that is asked about or delayed is made: the name comes later. */
static struct decision by_target(const struct subject *subject,
				 const struct target *target)
{
	const struct rule *rule = &subject->set->rules[target->rule];
	const struct action *action = &subject->set->actions[rule->action];
	bool plain =
		action->verdict == VERDICT_ALLOW || action->verdict == VERDICT_REFUSE;

	if (subject->request->kind == REQUEST_SOCKET && target_is_unix_name(target))
		return (struct decision){VERDICT_ALLOW, rule->id, rule->text, NULL};
	return (struct decision){action->verdict, rule->id, rule->text,
				 plain ? NULL : action};
}

static struct decision decide(const struct ruleset *set, const struct request *request,
			      bool counts)
{
	struct subject subject;
	const struct target *target;

	if (set->broken)
		return (struct decision){VERDICT_REFUSE, "builtin:broken", "", NULL};
	subject = subject_from(set, request);
	target = find_target(&subject, counts);
	return target ? by_target(&subject, target) : without_rule(&subject);
}

struct decision ruleset_decide(const struct ruleset *set, const struct request *request)
{
	return decide(set, request, false);
}

struct decision ruleset_judge(struct ruleset *set, const struct request *request)
{
	if (set->counts && !set->seen)
		set->seen = xcalloc(set->count, sizeof(*set->seen));
	return decide(set, request, set->counts);
}
