/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rules/decide.c - ruleset and request -> verdict, and which rule gave it
 *
 * Theory of operation
 *   The first rule that matches decides, in the order in which the texts were added; then
 * the builtins; then the default. Nothing here allocates or fails.
 */
#include <sys/socket.h>

#include "rules/match.h"

static const struct rule *find_rule(const struct source *source,
				    const struct subject *subject)
{
	for (size_t i = 0; i < source->count; i++) {
		const struct rule *rule = &source->rules[i];

		for (size_t j = 0; j < rule->target_count; j++) {
			if (target_match(source, &source->targets[rule->target_at + j],
					 rule->verdict, subject))
				return rule;
		}
	}
	return NULL;
}

static struct decision builtin(const char *id)
{
	return (struct decision){VERDICT_ALLOW, id, ""};
}

static struct decision by_fallback(const struct fallback *fallback, const char *id)
{
	if (!fallback->id)
		return builtin(id);
	return (struct decision){fallback->verdict, id, fallback->text};
}

/* Name lookups need unix and netlink sockets; a plain socket does nothing before it
 * connects, sends or binds, and that is judged. */
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
	if (request->kind == REQUEST_SOCKET && proto_is_plain(&request->sock))
		return builtin("builtin:socket");
	return by_fallback(&fallbacks[FALLBACK_ALL], "default");
}

struct decision ruleset_decide(const struct ruleset *set, const struct request *request)
{
	struct subject subject = subject_from(set, request);

	for (const struct source *source = set->first; source; source = source->next) {
		const struct rule *rule = find_rule(source, &subject);

		if (rule)
			return (struct decision){rule->verdict, rule->id, rule->text};
	}
	return without_rule(&subject);
}
