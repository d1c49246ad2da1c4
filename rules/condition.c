/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rules/condition.c - what must hold besides the target: who calls, and how often
 *
 * A fact that is not known (an executable that cannot be read) makes a condition neither
 * true nor false. A rule that refuses matches then, one that lets through does not.
 */
#include "rules/condition.h"

#include <assert.h>
#include <inttypes.h>
#include <pwd.h>
#include <string.h>

#include "base/buf.h"
#include "rules/glob.h"
#include "rules/request.h"

static const char *const names[] = {
	[CONDITION_EXE] = "exe",       [CONDITION_UNDER] = "under",
	[CONDITION_SCRIPT] = "script", [CONDITION_ARG] = "arg",
	[CONDITION_USER] = "user",     [CONDITION_FIRST] = "first",
	[CONDITION_AFTER] = "after",   [CONDITION_TLS] = "tls",
};
static_assert(ARRAY_LEN(names) == CONDITION_NUM_, "name every condition");

const struct words condition_words = {"condition", names, CONDITION_NUM_};

/* ---- reading ---- */

static int parse_path(struct span word, struct condition *condition,
		      const struct diag *diag)
{
	if (!span_begins(word, '/') && !span_begins(word, '*'))
		return diag_error(diag, word,
				  "'%s' is compared with a whole path; write /PATH or "
				  "*/%s",
				  diag_quote(word).text, diag_quote(word).text);
	condition->glob = word;
	return 0;
}

static int parse_glob(struct span word, struct condition *condition,
		      const struct diag *diag)
{
	(void)diag;
	condition->glob = word;
	return 0;
}

static bool parse_number(struct span word, uint32_t *ret_number)
{
	uint64_t value = 0;

	if (word.len == 0 || word.len > 10 || !span_only(word, "0123456789"))
		return false;
	for (size_t i = 0; i < word.len; i++)
		value = value * 10 + (uint64_t)(word.text[i] - '0');
	*ret_number = (uint32_t)value;
	return value < UINT32_MAX;
}

static int parse_user(struct span word, struct condition *condition,
		      const struct diag *diag)
{
	char name[256] = "", storage[4096];
	struct passwd entry, *found = NULL;

	if (parse_number(word, &condition->number))
		return 0;
	if (word.len < sizeof(name)) {
		memcpy(name, word.text, word.len);
		(void)getpwnam_r(name, &entry, storage, sizeof(storage), &found);
	}
	if (!found)
		return diag_error(diag, word, "unknown user '%s'", diag_quote(word).text);
	condition->number = found->pw_uid;
	return 0;
}

static int parse_count(struct span word, struct condition *condition,
		       const struct diag *diag)
{
	if (!parse_number(word, &condition->number))
		return diag_error(diag, word, "'%s' is no number of matches",
				  diag_quote(word).text);
	if (condition->kind == CONDITION_FIRST && condition->number == 0)
		return diag_error(diag, word, "'first 0' would never hold");
	return 0;
}

static int parse_tls(struct span word, struct condition *condition,
		     const struct diag *diag)
{
	(void)condition;
	return diag_error(diag, word,
			  "'tls' is not yet supported by this version of netjail");
}

static bool glob_list_matches(struct span glob, const char *bytes, size_t len)
{
	while (len) {
		size_t item = strnlen(bytes, len);

		if (glob_match(glob, (struct span){bytes, item}))
			return true;
		item += item < len;
		bytes += item;
		len -= item;
	}
	return false;
}

/* ---- judging: 1 holds, 0 does not, -1 cannot be known ---- */

static int text_matches(struct span glob, const char *text)
{
	if (!text)
		return -1;
	return glob_match(glob, (struct span){text, strlen(text)});
}

static int holds_exe(const struct condition *condition, const struct request *request)
{
	const struct program *program = request->program;

	return text_matches(condition->glob, program ? program->exe : NULL);
}

static int holds_under(const struct condition *condition, const struct request *request)
{
	const struct program *program = request->program;
	int result = 0;

	if (!program)
		return -1;
	if (request->forked)
		result = text_matches(condition->glob, program->exe);
	for (const struct ancestor *at = program->ancestors; at && result <= 0;
	     at = at->next) {
		int matches = text_matches(condition->glob, at->exe);

		result = matches ? matches : result;
	}
	return result;
}

static int holds_script(const struct condition *condition, const struct request *request)
{
	const struct program *program = request->program;

	if (program && program->script && !program->script[0])
		return 0;
	return text_matches(condition->glob, program ? program->script : NULL);
}

/* The first is the program's own name. */
static int holds_arg(const struct condition *condition, const struct request *request)
{
	const struct program *program = request->program;
	size_t name;

	if (!program || !program->args)
		return -1;
	name = strnlen(program->args, program->args_len);
	name += name < program->args_len;
	return glob_list_matches(condition->glob, program->args + name,
				 program->args_len - name);
}

static int holds_user(const struct condition *condition, const struct request *request)
{
	return request->user < 0 ? -1 : request->user == condition->number;
}

static const struct {
	int (*parse)(struct span word, struct condition *condition,
		     const struct diag *diag);
	int (*holds)(const struct condition *condition, const struct request *request);
	const char *what;
} kinds[] = {
	[CONDITION_EXE] = {parse_path, holds_exe, "a path or pattern"},
	[CONDITION_UNDER] = {parse_path, holds_under, "a path or pattern"},
	[CONDITION_SCRIPT] = {parse_path, holds_script, "a path or pattern"},
	[CONDITION_ARG] = {parse_glob, holds_arg, "a text or pattern"},
	[CONDITION_USER] = {parse_user, holds_user, "a user"},
	[CONDITION_FIRST] = {parse_count, NULL, "a number of matches"},
	[CONDITION_AFTER] = {parse_count, NULL, "a number of matches"},
	[CONDITION_TLS] = {parse_tls, NULL, "a name or pattern"},
};
static_assert(ARRAY_LEN(kinds) == CONDITION_NUM_, "every condition is read and judged");

int condition_parse(enum condition_kind kind, bool negated, struct lex_line *line,
		    struct condition *ret_condition, const struct diag *diag)
{
	struct condition condition = {.kind = kind, .negated = negated};
	struct span word;
	int r;

	if (!lex_word(line, &word))
		return diag_error(diag, word, "%s is missing after '%s'",
				  kinds[kind].what, names[kind]);
	r = kinds[kind].parse(word, &condition, diag);
	if (r == 0)
		*ret_condition = condition;
	return r;
}

bool condition_counts(const struct condition *condition)
{
	return condition->kind == CONDITION_FIRST || condition->kind == CONDITION_AFTER;
}

bool condition_holds(const struct condition *condition, const struct request *request,
		     uint32_t number, enum verdict verdict)
{
	int result;

	if (condition->kind == CONDITION_FIRST)
		result = number <= condition->number;
	else if (condition->kind == CONDITION_AFTER)
		result = number > condition->number;
	else
		result = kinds[condition->kind].holds(condition, request);
	if (result < 0)
		return !verdict_lets_through(verdict);
	return condition->negated ? !result : result;
}

void condition_put(struct buf *buf, const struct condition *condition)
{
	buf_printf(buf, "%s%s ", condition->negated ? "!" : "", names[condition->kind]);
	if (condition->kind == CONDITION_USER || condition_counts(condition))
		buf_printf(buf, "%" PRIu32, condition->number);
	else
		buf_put(buf, condition->glob.text, condition->glob.len);
}
