/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rules/parse.c - rule text -> rules
 *
 * Theory of operation
 *   A line is a verb and what the verb takes. The verb is a row of a table: its word, the
 *   function that reads the rest, the verdict. What cannot be carried out is refused by
 *   name, never passed over: a rule must not mean less than it says.
 */
#include "rules/parse.h"

#include <assert.h>
#include <errno.h>

#include "rules/words.h"

enum verb {
	VERB_ALLOW,
	VERB_REFUSE,
	VERB_DENY,
	VERB_ERROR,
	VERB_TIMEOUT,
	VERB_DELAY,
	VERB_REDIRECT,
	VERB_ASK,
	VERB_DEFAULT,
	VERB_SET,
	VERB_INCLUDE,
	VERB_NUM_
};

static const char *const verb_names[] = {
	[VERB_ALLOW] = "allow",       [VERB_REFUSE] = "refuse",
	[VERB_DENY] = "deny",         [VERB_ERROR] = "error",
	[VERB_TIMEOUT] = "timeout",   [VERB_DELAY] = "delay",
	[VERB_REDIRECT] = "redirect", [VERB_ASK] = "ask",
	[VERB_DEFAULT] = "default",   [VERB_SET] = "set",
	[VERB_INCLUDE] = "include",
};
static_assert(ARRAY_LEN(verb_names) == VERB_NUM_, "name every verb");

static const struct words verb_words = {"verb", verb_names, VERB_NUM_};

enum { DEFAULT_ALLOW, DEFAULT_REFUSE, DEFAULT_DENY, DEFAULT_ASK, DEFAULT_NUM_ };

static const char *const default_names[] = {
	[DEFAULT_ALLOW] = "allow",
	[DEFAULT_REFUSE] = "refuse",
	[DEFAULT_DENY] = "deny",
	[DEFAULT_ASK] = "ask",
};
static_assert(ARRAY_LEN(default_names) == DEFAULT_NUM_, "name every default");

static const struct words default_words = {"verdict", default_names, DEFAULT_NUM_};

static const enum verdict default_verdicts[] = {
	[DEFAULT_ALLOW] = VERDICT_ALLOW,
	[DEFAULT_REFUSE] = VERDICT_REFUSE,
	[DEFAULT_DENY] = VERDICT_REFUSE,
	[DEFAULT_ASK] = VERDICT_ASK,
};
static_assert(ARRAY_LEN(default_verdicts) == DEFAULT_NUM_, "a verdict for each");

/* The byte that gets the NUL is a blank, the comment's '#' or the line end, and is not
 * read again. */
const char *parse_rule_text(struct parser *parser)
{
	const struct span *rule = &parser->line.rule;
	size_t start = (size_t)(rule->text - parser->text);

	parser->text[start + rule->len] = '\0';
	return parser->text + start;
}

const char *parse_rule_id(struct parser *parser)
{
	return store_id(parser->set, parser->id_name, parser->line.number);
}

int parse_expect(struct parser *parser, struct span *word, const char *after,
		 const char *what)
{
	if (lex_word(&parser->line, word))
		return 0;
	return diag_error(&parser->diag, *word, "%s is missing after '%s'", what, after);
}

static int parse_default(struct parser *parser, struct span verb, enum verdict verdict)
{
	struct ruleset *set = parser->set;
	struct fallback *fallback = &set->fallbacks[FALLBACK_ALL];
	const char *after = "default";
	struct span word;
	int r, index;

	(void)verdict;
	r = parse_expect(parser, &word, after, "allow, refuse or ask");
	if (r == 0 && span_is(word, "bind")) {
		fallback = &set->fallbacks[FALLBACK_BIND];
		after = "default bind";
		r = parse_expect(parser, &word, after, "allow, refuse or ask");
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
	fallback->id = parse_rule_id(parser);
	fallback->text = parse_rule_text(parser);
	set->refuses |= index != DEFAULT_ALLOW;
	set->refuses_bind |=
		index != DEFAULT_ALLOW && fallback == &set->fallbacks[FALLBACK_BIND];
	return 0;
}

static const struct {
	int (*parse)(struct parser *parser, struct span verb, enum verdict verdict);
	enum verdict verdict;
} verbs[] = {
	[VERB_ALLOW] = {parse_rule, VERDICT_ALLOW},
	[VERB_REFUSE] = {parse_rule, VERDICT_REFUSE},
	[VERB_DENY] = {parse_rule, VERDICT_REFUSE},
	[VERB_ERROR] = {parse_rule, VERDICT_ERROR},
	[VERB_TIMEOUT] = {parse_rule, VERDICT_TIMEOUT},
	[VERB_DELAY] = {parse_rule, VERDICT_DELAY},
	[VERB_REDIRECT] = {parse_rule, VERDICT_REDIRECT},
	[VERB_ASK] = {parse_rule, VERDICT_ASK},
	[VERB_DEFAULT] = {parse_default, VERDICT_REFUSE},
	[VERB_SET] = {load_set, VERDICT_REFUSE},
	[VERB_INCLUDE] = {load_include, VERDICT_REFUSE},
};
static_assert(ARRAY_LEN(verbs) == VERB_NUM_, "read every verb");

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

int parse_text(struct parser *parser, size_t len, unsigned line,
	       struct rule_error *ret_error)
{
	struct lexer lexer;
	int r = 0;

	parser->diag = (struct diag){parser->name, &parser->line, ret_error};
	lex_start(&lexer, (struct span){parser->text, len}, line);
	while (r == 0 && lex_line(&lexer, &parser->line))
		r = parse_line(parser);
	return r;
}
