/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rules/action.c - what a verb is given behind its targets: `with ENETUNREACH`, `by 2s`
 */
#include "rules/action.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "base/nearest.h"

enum {
	ERRNO_END = 134,              /* EHWPOISON is the last, asm-generic/errno.h */
	MS_MAX = 24 * 60 * 60 * 1000, /* a day */
};

static const char *const word_names[] = {"with", "after", "by", "to", "for"};
const struct words action_words = {"word", word_names, ARRAY_LEN(word_names)};

/* A second name of a number, of which the C library tells the other. */
static struct span other_name(struct span word)
{
	static const char *const names[][2] = {
		{"EWOULDBLOCK", "EAGAIN"},
		{"ENOTSUP", "EOPNOTSUPP"},
		{"EDEADLOCK", "EDEADLK"},
	};

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		if (span_is(word, names[i][0]))
			return (struct span){names[i][1], strlen(names[i][1])};
	}
	return word;
}

static int parse_error(struct span word, struct action *action, const struct diag *diag)
{
	const char *names[ERRNO_END], *near;
	size_t count = 0;

	for (int number = 1; number < ERRNO_END; number++) {
		const char *name = strerrorname_np(number);

		if (name && span_is(other_name(word), name)) {
			action->error = number;
			return 0;
		}
		if (name)
			names[count++] = name;
	}
	near = nearest_word(word.text, word.len, names, count);
	if (near)
		return diag_error(diag, word, "unknown error '%s'; did you mean '%s'?",
				  diag_quote(word).text, near);
	return diag_error(diag, word,
			  "unknown error '%s'; expected a name of errno(3), like "
			  "ENETUNREACH",
			  diag_quote(word).text);
}

static int parse_time(struct span word, struct action *action, const struct diag *diag)
{
	static const struct {
		const char *unit;
		uint64_t ms;
	} units[] = {{"ms", 1}, {"s", 1000}, {"m", 60000}, {"h", 3600000}};
	size_t digits = 0;
	uint64_t value = 0;

	while (digits < word.len && span_only(span_head(word, digits + 1), "0123456789"))
		digits++;
	for (size_t i = 0; i < digits && value <= MS_MAX; i++)
		value = value * 10 + (uint64_t)(word.text[i] - '0');
	for (size_t i = 0; digits && i < ARRAY_LEN(units); i++) {
		if (!span_is(span_tail(word, digits), units[i].unit))
			continue;
		value *= units[i].ms;
		if (value == 0 || value > MS_MAX)
			return diag_error(diag, word, "'%s' is no time from 1ms to 24h",
					  diag_quote(word).text);
		action->ms = (uint32_t)value;
		return 0;
	}
	return diag_error(diag, word, "'%s' is no time; write a number and ms, s, m or h",
			  diag_quote(word).text);
}

static bool parse_port(struct span text, uint16_t *ret_port)
{
	unsigned value = 0;

	if (text.len == 0 || text.len > 5 || !span_only(text, "0123456789"))
		return false;
	for (size_t i = 0; i < text.len; i++)
		value = value * 10 + (unsigned)(text.text[i] - '0');
	*ret_port = (uint16_t)value;
	return value > 0 && value <= UINT16_MAX;
}

static int parse_to(struct span word, struct action *action, const struct diag *diag)
{
	bool brackets = span_begins(word, '[');
	size_t end = brackets ? span_find(word, "]") : span_find(word, ":");
	struct span host = span_head(word, end);

	if (brackets && end < word.len) {
		host = span_tail(host, 1);
		end++;
	}
	if (end == word.len || word.text[end] != ':' ||
	    !addr_parse(host.text, host.len, &action->to) ||
	    (action->to.family == ADDR_V6) != brackets ||
	    !parse_port(span_tail(word, end + 1), &action->port))
		return diag_error(diag, word,
				  "'%s' is no address with its port; write "
				  "127.0.0.1:8443 or [::1]:8443",
				  diag_quote(word).text);
	action->to = addr_canonical(action->to);
	if (addr_is_unspecified(&action->to))
		return diag_error(diag, word, "'%s' is nobody's address",
				  diag_quote(word).text);
	return 0;
}

static int parse_remember(struct span word, struct action *action,
			  const struct diag *diag)
{
	const char *list[REMEMBER_NUM_ - 1];
	struct words words = {"time", list, ARRAY_LEN(list)};
	int index;

	for (size_t i = 0; i < ARRAY_LEN(list); i++)
		list[i] = remember_name((enum remember)(i + 1));
	index = words_pick(&words, word, diag);
	if (index < 0)
		return index;
	action->remember = (enum remember)(index + 1);
	return 0;
}

static const struct {
	const char *word;
	bool needed;
	const char *what;
	int (*parse)(struct span word, struct action *action, const struct diag *diag);
} kinds[] = {
	[VERDICT_REFUSE] = {NULL, false, NULL, NULL},
	[VERDICT_ALLOW] = {NULL, false, NULL, NULL},
	[VERDICT_ERROR] = {"with", true, "the name of an error", parse_error},
	[VERDICT_TIMEOUT] = {"after", false, "a time", parse_time},
	[VERDICT_DELAY] = {"by", true, "a time", parse_time},
	[VERDICT_REDIRECT] = {"to", true, "an address with its port", parse_to},
	[VERDICT_ASK] = {"for", false, "once, process, session or always",
			 parse_remember},
};
static_assert(ARRAY_LEN(kinds) == VERDICT_NUM_, "every verdict takes something or not");

const char *action_word(enum verdict verdict)
{
	return kinds[verdict].word;
}

bool action_is_needed(enum verdict verdict)
{
	return kinds[verdict].needed;
}

const char *action_what(enum verdict verdict)
{
	return kinds[verdict].what;
}

int action_parse(struct span word, struct action *action, const struct diag *diag)
{
	return kinds[action->verdict].parse(word, action, diag);
}

static void put_time(struct buf *buf, uint32_t ms)
{
	if (ms % 1000)
		buf_printf(buf, "%" PRIu32 "ms", ms);
	else
		buf_printf(buf, "%" PRIu32 "s", ms / 1000);
}

void action_put(struct buf *buf, const struct action *action)
{
	bool v6 = action->to.family == ADDR_V6;

	if (action->error)
		buf_printf(buf, " with %s", strerrorname_np(action->error));
	if (action->ms)
		buf_printf(buf, " %s ", kinds[action->verdict].word);
	if (action->ms)
		put_time(buf, action->ms);
	if (action->port) {
		buf_puts(buf, v6 ? " to [" : " to ");
		addr_put(buf, &action->to);
		buf_printf(buf, "%s:%u", v6 ? "]" : "", action->port);
	}
	if (action->remember)
		buf_printf(buf, " for %s", remember_name(action->remember));
}
