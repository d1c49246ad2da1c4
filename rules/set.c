/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rules/set.c - named sets of host names and address prefixes, from lines and from files
 */
#include "rules/set.h"

#include <errno.h>
#include <string.h>

#include "base/buf.h"
#include "rules/name.h"
#include "rules/rule.h"

static const char address_bytes[] = "0123456789abcdefABCDEF:./%";

bool set_is_name(struct span name)
{
	return name.len > 0 && name.len <= 64 &&
	       span_only(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
			       "0123456789-_.");
}

/* The line is shown up to the end of its rule: what is behind it is overwritten. */
void set_used(struct ruleset *set, int number, struct span at, const struct diag *diag)
{
	struct set *named = &set->sets[number];
	const char *end = diag->line->rule.text + diag->line->rule.len;

	if (named->used_name)
		return;
	named->used_name = diag->name;
	named->used_line = *diag->line;
	named->used_line.whole.len = (size_t)(end - diag->line->whole.text);
	named->used_at = at;
}

int set_check_all(const struct ruleset *set, struct rule_error *ret_error)
{
	for (size_t i = 0; i < set->set_count; i++) {
		const struct set *named = &set->sets[i];
		struct diag diag = {named->used_name, &named->used_line, ret_error};

		if (!named->defined)
			return diag_error(&diag, named->used_at,
					  "the set '@%s' is never defined; write "
					  "'set %s ITEM ...' or 'set %s file PATH'",
					  named->name, named->name, named->name);
	}
	return 0;
}

/* ---- members ---- */

/* A word that can be nothing but an address or a prefix: digits and dots, or a colon. */
static bool is_address(struct span word)
{
	size_t slash = span_find(word, "/");
	struct span host = span_head(word, slash);

	if (!span_only(word, address_bytes) && span_find(word, ":%") == word.len)
		return false;
	return span_only(host, "0123456789.") || span_find(host, ":") < host.len;
}

static int add_name(struct ruleset *set, int number, const struct name *name,
		    unsigned covers, struct span at, const struct diag *diag)
{
	uint32_t entry =
		nametable_add(&set->index->names, (struct span){name->text, name->len});

	if (entry == NAMETABLE_NONE)
		return diag_error(diag, at, "too many names");
	index_add_member_name(set->index, (uint32_t)number, entry, covers);
	set->sets[number].members++;
	return 0;
}

static int add_prefix(struct ruleset *set, int number, struct span word,
		      const struct diag *diag)
{
	struct addr_prefix prefix;
	char storage[64];
	struct buf text;
	int r = addr_prefix_parse(word.text, word.len, &prefix);

	if (r == -EDOM) {
		buf_init(&text, storage, sizeof(storage));
		addr_prefix_put(&text, &prefix);
		return diag_error(diag, word, "'%s' has host bits set; did you mean %s?",
				  diag_quote(word).text, text.data);
	}
	if (r < 0)
		return diag_error(diag, word, "'%s' is not an IP address or prefix",
				  diag_quote(word).text);
	index_add_member_prefix(set->index, (uint32_t)number, &prefix);
	set->sets[number].members++;
	return 0;
}

int set_add_item(struct ruleset *set, int number, struct span item,
		 const struct diag *diag)
{
	struct name name;
	const char *wrong;

	if (is_address(item))
		return add_prefix(set, number, item, diag);
	wrong = name_parse(item, &name);
	if (wrong)
		return diag_error(diag, item, "'%s' is no domain, address or prefix: %s",
				  diag_quote(item).text, wrong);
	/* A bare domain stands for what is below it, too. */
	if (name.covers == NAME_SELF)
		name.covers = NAME_SELF | NAME_BELOW;
	return add_name(set, number, &name, name.covers, item, diag);
}

/* What block lists in the form of hosts(5) carry along for the machine itself. */
static bool is_own_name(struct span word)
{
	return span_find(word, ".") == word.len || is_address(word) ||
	       span_is(word, "localhost.localdomain");
}

static int add_hosts_line(struct ruleset *set, int number, struct lex_line *line,
			  const struct diag *diag)
{
	struct span word;
	int r = 0;

	while (r == 0 && lex_word(line, &word)) {
		struct name name;
		const char *wrong;

		if (is_own_name(word))
			continue;
		wrong = name_parse(word, &name);
		if (wrong)
			r = diag_error(diag, word, "'%s' is no host name: %s",
				       diag_quote(word).text, wrong);
		else
			r = add_name(set, number, &name, NAME_SELF, word, diag);
	}
	return r;
}

static int add_line(struct ruleset *set, int number, struct lex_line *line,
		    const struct diag *diag)
{
	struct span stray = lex_stray(line), word, second;
	struct lex_line ahead;

	if (stray.len)
		return diag_error(diag, stray, "unexpected byte '%s'; a list is text",
				  diag_quote(stray).text);
	if (!lex_word(line, &word))
		return 0;
	ahead = *line;
	if (!lex_word(&ahead, &second))
		return set_add_item(set, number, word, diag);
	if (is_address(word) && span_find(word, "/") == word.len)
		return add_hosts_line(set, number, line, diag);
	return diag_error(diag, second, "unexpected '%s'; a list has one item a line",
			  diag_quote(second).text);
}

int set_add_text(struct ruleset *set, int number, struct span text, const char *name,
		 struct rule_error *ret_error)
{
	struct lexer lexer;
	struct lex_line line;
	struct diag diag = {name, &line, ret_error};
	int r = 0;

	lex_start(&lexer, text, 1);
	while (r == 0 && lex_line(&lexer, &line))
		r = add_line(set, number, &line, &diag);
	return r;
}
