/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rules/parse_rule.c - a rule line: targets, what the verb does, conditions
 *
 *   VERB [bind] TARGET... [WORD ARGUMENT] [[!]CONDITION VALUE]...
 *
 * The words behind the targets are reserved: a host of that name is written with a dot at
 * its end.
 */
#include <sys/socket.h>

#include "rules/action.h"
#include "rules/parse.h"
#include "rules/proto.h"

struct draft {
	struct parser *parser;
	struct span verb;
	struct rule rule;
	struct action action;
	bool bind, other; /* a target is a local address, or no IP end */
	bool given;       /* the action has its argument */
};

/* Sockets of other families are judged without a rule as well (decide.c). */
static bool is_common_family(const struct target *target)
{
	static const int families[] = {AF_INET, AF_INET6, AF_UNIX, AF_NETLINK};
	bool common = false;

	for (size_t i = 0; i < ARRAY_LEN(families); i++)
		common |= target->kind == TARGET_FAMILY && target->family == families[i];
	return common;
}

/* What the ruleset as a whole has to know of the target. */
static void note_target(struct draft *draft, const struct target *target)
{
	struct ruleset *set = draft->parser->set;

	draft->bind |= target->bind;
	draft->other |= !target_is_ip(target);
	set->uses_names |= target->kind == TARGET_NAME || target->kind == TARGET_SET ||
			   target->kind == TARGET_DIRECT;
	set->names_sctp |= target->protos & PROTO_SCTP && !target->bind &&
			   (verdict_lets_through(draft->action.verdict) ||
			    draft->action.verdict == VERDICT_ASK);
	if (draft->action.verdict == VERDICT_ALLOW)
		return;
	set->refuses = true;
	set->refuses_bind |= target->bind;
	set->refuses_socket |= is_common_family(target);
}

static int parse_target(struct draft *draft, struct span word)
{
	bool bind = span_is(word, "bind"), family = span_is(word, "family");
	struct parser *parser = draft->parser;
	struct ruleset *set = parser->set;
	struct target target, *stored;
	int r = 0;

	if (bind)
		r = parse_expect(parser, &word, "bind", "a local address");
	else if (family)
		r = parse_expect(parser, &word, "family", "a name");
	if (r < 0)
		return r;

	if (set->target_count == RULES_MAX)
		return diag_error(&parser->diag, word, "more than %d targets", RULES_MAX);
	r = family ? target_parse_family(word, &target, &parser->diag)
		   : target_parse(word, bind, set, &target, &parser->diag);
	if (r < 0)
		return r;

	target.rule = (uint32_t)set->count;
	stored = store_target(set);
	*stored = target;
	index_add_target(set->index, (uint32_t)set->target_count - 1, &target);
	note_target(draft, &target);
	return 0;
}

static int parse_action(struct draft *draft, struct span word)
{
	struct parser *parser = draft->parser;
	const char *what = action_what(draft->action.verdict);
	int r = parse_expect(parser, &word, action_word(draft->action.verdict), what);

	if (r == 0)
		r = action_parse(word, &draft->action, &parser->diag);
	draft->given = true;
	return r;
}

static int parse_condition(struct draft *draft, int kind, bool negated)
{
	struct parser *parser = draft->parser;
	struct condition condition;
	int r;

	if (draft->rule.condition_count == CONDITIONS_MAX)
		return diag_error(&parser->diag, parser->line.rule,
				  "more than %d conditions", CONDITIONS_MAX);
	r = condition_parse((enum condition_kind)kind, negated, &parser->line, &condition,
			    &parser->diag);
	if (r < 0)
		return r;
	*store_condition(parser->set) = condition;
	draft->rule.condition_count++;
	draft->rule.counts |= condition_counts(&condition);
	parser->set->counts |= condition_counts(&condition);
	parser->set->uses_user |= condition.kind == CONDITION_USER;
	return 0;
}

static bool is_action_word(const struct draft *draft, struct span word)
{
	const char *own = action_word(draft->action.verdict);

	return own && !draft->given && span_is(word, own);
}

/* One thing behind the targets: `word` is its first. */
static int parse_tail(struct draft *draft, struct span word)
{
	struct parser *parser = draft->parser;
	bool negated = span_begins(word, '!');
	int kind;

	if (is_action_word(draft, word))
		return parse_action(draft, word);
	if (negated && word.len == 1 && !lex_word(&parser->line, &word))
		return diag_error(&parser->diag, word,
				  "a condition is missing after '!'");
	if (span_begins(word, '!'))
		word = span_tail(word, 1);
	kind = words_find(&condition_words, word);
	if (kind < 0 && words_find(&action_words, word) >= 0)
		return diag_error(&parser->diag, word, "'%s' does not belong to '%s'",
				  diag_quote(word).text, diag_quote(draft->verb).text);
	if (kind < 0)
		return words_unknown(&condition_words, word, &parser->diag);
	return parse_condition(draft, kind, negated);
}

/* Targets come first. */
static bool begins_tail(struct span word)
{
	return span_begins(word, '!') || words_find(&condition_words, word) >= 0 ||
	       words_find(&action_words, word) >= 0;
}

/* What the verb cannot do to such an end. */
static int check_targets(struct draft *draft)
{
	enum verdict verdict = draft->action.verdict;
	struct diag *diag = &draft->parser->diag;
	bool elsewhere = verdict == VERDICT_TIMEOUT || verdict == VERDICT_REDIRECT;

	if (draft->bind && (elsewhere || verdict == VERDICT_DELAY))
		return diag_error(diag, draft->verb,
				  "'%s' is about destinations, not about 'bind'",
				  verdict_verb(verdict));
	if (draft->other && elsewhere)
		return diag_error(diag, draft->verb, "'%s' is about IP destinations only",
				  verdict_verb(verdict));
	return 0;
}

static int parse_words(struct draft *draft)
{
	struct parser *parser = draft->parser;
	const struct ruleset *set = parser->set;
	bool tail = false;
	struct span word;
	int r = 0;

	while (r == 0 && lex_word(&parser->line, &word)) {
		tail |= begins_tail(word);
		if (tail && set->target_count == draft->rule.target_at)
			break;
		r = tail ? parse_tail(draft, word) : parse_target(draft, word);
	}
	if (r < 0)
		return r;
	if (set->target_count == draft->rule.target_at)
		return diag_error(&parser->diag, word, "a target is missing after '%s'",
				  diag_quote(draft->verb).text);
	if (action_is_needed(draft->action.verdict) && !draft->given)
		return diag_error(&parser->diag, word, "'%s' and %s are missing here",
				  action_word(draft->action.verdict),
				  action_what(draft->action.verdict));
	return check_targets(draft);
}

int parse_rule(struct parser *parser, struct span verb, enum verdict verdict)
{
	struct ruleset *set = parser->set;
	struct draft draft = {
		.parser = parser,
		.verb = verb,
		.rule.target_at = (uint32_t)set->target_count,
		.rule.condition_at = (uint32_t)set->condition_count,
		.action.verdict = verdict,
	};
	int r;

	if (set->count == RULES_MAX)
		return diag_error(&parser->diag, verb, "more than %d rules", RULES_MAX);
	r = parse_words(&draft);
	if (r < 0)
		return r;
	draft.rule.target_count = (uint32_t)set->target_count - draft.rule.target_at;
	draft.rule.id = parse_rule_id(parser);
	draft.rule.text = parse_rule_text(parser);
	draft.rule.action = store_action(set, &draft.action);
	*store_rule(set) = draft.rule;
	return 0;
}
