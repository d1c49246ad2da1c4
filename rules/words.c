/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rules/words.c - finds a word in a table of the language, or says which one was meant
 */
#include "rules/words.h"

#include "base/buf.h"
#include "base/nearest.h"

int words_find(const struct words *words, struct span word)
{
	for (size_t i = 0; i < words->count; i++) {
		if (span_is(word, words->list[i]))
			return (int)i;
	}
	return -1;
}

int words_pick(const struct words *words, struct span word, const struct diag *diag)
{
	int index = words_find(words, word);

	return index < 0 ? words_unknown(words, word, diag) : index;
}

int words_unknown(const struct words *words, struct span word, const struct diag *diag)
{
	const char *meant = nearest_word(word.text, word.len, words->list, words->count);
	char storage[256];
	struct buf expected;

	if (meant)
		return diag_error(diag, word, "unknown %s '%s'; did you mean '%s'?",
				  words->kind, diag_quote(word).text, meant);

	buf_init(&expected, storage, sizeof(storage));
	for (size_t i = 0; i < words->count; i++)
		buf_printf(&expected, "%s%s", i ? " " : "", words->list[i]);
	return diag_error(diag, word, "unknown %s '%s'; expected one of: %s", words->kind,
			  diag_quote(word).text, expected.data);
}
