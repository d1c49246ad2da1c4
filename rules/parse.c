/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rules/parse.c - rule text -> rules
 *
 * Theory of operation
 *   A line is a verb and what the verb takes. The verb is a row of a table: its word, the
 *   function that reads the rest, the verdict. A verb, condition or target that this
 * version does not carry out is a word of the table all the same and refused by name,
 * never taken for something else: a rule must not mean less than it says.
 */
#include "rules/parse.h"

#include <assert.h>
#include <sys/socket.h>

#include "rules/lex.h"
#include "rules/words.h"

struct parser {
	struct source *source;
	struct parse_state *state;
	struct lex_line line;
	struct diag diag;
};

enum verb {
	VERB_ALLOW,
	VERB_REFUSE,
	VERB_DENY,
	VERB_DEFAULT,
	VERB_ERROR, /* from here on: known, not supported yet */
	VERB_TIMEOUT,
	VERB_DELAY,
	VERB_REDIRECT,
	VERB_ASK,
	VERB_SET,
	VERB_INCLUDE,
	VERB_NUM_
};

static const char *const verb_names[] = {
	[VERB_ALLOW] = "allow",     [VERB_REFUSE] = "refuse",
	[VERB_DENY] = "deny",       [VERB_DEFAULT] = "default",
	[VERB_ERROR] = "error",     [VERB_TIMEOUT] = "timeout",
	[VERB_DELAY] = "delay",     [VERB_REDIRECT] = "redirect",
	[VERB_ASK] = "ask",         [VERB_SET] = "set",
	[VERB_INCLUDE] = "include",
};
static_assert(ARRAY_LEN(verb_names) == VERB_NUM_, "name every verb");

static const struct words verb_words = {"verb", verb_names, VERB_NUM_, VERB_ERROR};

enum { DEFAULT_ALLOW, DEFAULT_REFUSE, DEFAULT_DENY, DEFAULT_ASK, DEFAULT_NUM_ };

static const char *const default_names[] = {
	[DEFAULT_ALLOW] = "allow",
	[DEFAULT_REFUSE] = "refuse",
	[DEFAULT_DENY] = "deny",
	[DEFAULT_ASK] = "ask",
};
static_assert(ARRAY_LEN(default_names) == DEFAULT_NUM_, "name every default");

static const struct words default_words = {"verdict", default_names, DEFAULT_NUM_,
					   DEFAULT_ASK};

static const enum verdict default_verdicts[DEFAULT_ASK] = {
	[DEFAULT_ALLOW] = VERDICT_ALLOW,
	[DEFAULT_REFUSE] = VERDICT_REFUSE,
	[DEFAULT_DENY] = VERDICT_REFUSE,
};

/* The rule without comment and blanks as a string, made in place: the byte that gets the
 * NUL is a blank, the comment's '#' or the line end, and is not read again. */
static const char *rule_text(struct parser *parser)
{
	const struct span *rule = &parser->line.rule;
	size_t start = (size_t)(rule->text - parser->source->text);

	parser->source->text[start + rule->len] = '\0';
	return parser->source->text + start;
}

static const char *rule_id(struct parser *parser)
{
	return source_id(parser->source, parser->state->id_name, parser->line.number);
}

/* The word after `bind` or `family`. */
static int expect_word(struct parser *parser, struct span *word, const char *after,
		       const char *what)
{
	if (lex_word(&parser->line, word))
		return 0;
	return diag_error(&parser->diag, *word, "%s is missing after '%s'", what, after);
}

/* Sockets of other families are judged without a rule as well (decide.c). */
static bool is_common_family(const struct target *target)
{
	static const int families[] = {AF_INET, AF_INET6, AF_UNIX, AF_NETLINK};
	bool common = false;

	for (size_t i = 0; i < ARRAY_LEN(families); i++)
		common |= target->kind == TARGET_FAMILY && target->family == families[i];
	return common;
}

static int parse_target(struct parser *parser, struct span word, enum verdict verdict)
{
	bool bind = span_is(word, "bind"), family = span_is(word, "family");
	struct source *source = parser->source;
	struct target target;
	int r = 0;

	if (bind)
		r = expect_word(parser, &word, "bind", "a local address");
	else if (family)
		r = expect_word(parser, &word, "family", "a name");
	if (r < 0)
		return r;

	if (source->target_count == RULES_MAX)
		return diag_error(&parser->diag, word, "more than %d targets", RULES_MAX);
	r = family ? target_parse_family(word, &target, &parser->diag)
		   : target_parse(word, bind, &source->ports, &target, &parser->diag);
	if (r < 0)
		return r;

	*source_add_target(source) = target;
	if (verdict == VERDICT_REFUSE) {
		parser->state->refuses_bind |= bind;
		parser->state->refuses_socket |= is_common_family(&target);
	}
	return 0;
}

static int parse_rule(struct parser *parser, struct span verb, enum verdict verdict)
{
	struct source *source = parser->source;
	size_t target_at = source->target_count;
	struct span word;
	int r;

	if (source->count + parser->state->rule_count == RULES_MAX)
		return diag_error(&parser->diag, verb, "more than %d rules", RULES_MAX);

	while (lex_word(&parser->line, &word)) {
		r = parse_target(parser, word, verdict);
		if (r < 0)
			return r;
	}
	if (source->target_count == target_at)
		return diag_error(&parser->diag, word, "a target is missing after '%s'",
				  diag_quote(verb).text);

	*source_add_rule(source) = (struct rule){
		.verdict = verdict,
		.id = rule_id(parser),
		.text = rule_text(parser),
		.target_at = target_at,
		.target_count = source->target_count - target_at,
	};
	return 0;
}

static int parse_default(struct parser *parser, struct span verb, enum verdict verdict)
{
	struct fallback *fallback = &parser->state->fallbacks[FALLBACK_ALL];
	const char *after = "default";
	struct span word;
	int r, index;

	(void)verdict;
	r = expect_word(parser, &word, after, "allow or refuse");
	if (r == 0 && span_is(word, "bind")) {
		fallback = &parser->state->fallbacks[FALLBACK_BIND];
		after = "default bind";
		r = expect_word(parser, &word, after, "allow or refuse");
	}
	if (r < 0)
		return r;

	index = words_pick(&default_words, word, &parser->diag);
	if (index < 0)
		return index;
	if (lex_word(&parser->line, &word))
		return diag_error(&parser->diag, word,
				  "unexpected '%s' after the default",
				  diag_quote(word).text);
	if (fallback->id)
		return diag_error(&parser->diag, verb, "a second '%s'; the first is %s",
				  after, fallback->id);

	fallback->verdict = default_verdicts[index];
	fallback->id = rule_id(parser);
	fallback->text = rule_text(parser);
	return 0;
}

static const struct {
	int (*parse)(struct parser *parser, struct span verb, enum verdict verdict);
	enum verdict verdict;
} verbs[VERB_ERROR] = {
	[VERB_ALLOW] = {parse_rule, VERDICT_ALLOW},
	[VERB_REFUSE] = {parse_rule, VERDICT_REFUSE},
	[VERB_DENY] = {parse_rule, VERDICT_REFUSE},
	[VERB_DEFAULT] = {parse_default, VERDICT_REFUSE},
};

static int parse_line(struct parser *parser)
{
	struct span stray = lex_stray(&parser->line), verb;
	int index;

	if (stray.len)
		return diag_error(&parser->diag, stray,
				  "unexpected byte '%s'; rules are text",
				  diag_quote(stray).text);
	if (!lex_word(&parser->line, &verb))
		return 0;
	index = words_pick(&verb_words, verb, &parser->diag);
	if (index < 0)
		return index;
	return verbs[index].parse(parser, verb, verbs[index].verdict);
}

int parse_text(struct source *source, size_t len, struct parse_state *state,
	       struct rule_error *ret_error)
{
	struct parser parser = {.source = source, .state = state};
	struct lexer lexer;
	int r = 0;

	parser.diag = (struct diag){state->name, &parser.line, ret_error};
	lex_start(&lexer, (struct span){source->text, len}, state->line);
	while (r == 0 && lex_line(&lexer, &parser.line))
		r = parse_line(&parser);
	return r;
}
