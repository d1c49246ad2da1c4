/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_nearest.c - misspelt words and how far is too far
 */
#include "base/nearest.h"

#include <stdlib.h>

#include "base/cleanup.h"
#include "test/unit/harness.h"

static const char *const words[] = {"allow",	"refuse", "default", "redirect",
				    "internet", "lan",	  "link"};

TEST(nearest)
{
	static const struct {
		const char *word, *want;
	} cases[] = {
	    {"allow", "allow"},
	    {"alow", "allow"},
	    {"alolw", "allow"},
	    {"allwo", "allow"},
	    {"alllow", "allow"},
	    {"xllow", "allow"},
	    {"alw", NULL},
	    {"refsue", "refuse"},
	    {"rfsue", NULL},
	    {"reefusse", "refuse"},
	    {"redirct", "redirect"},
	    {"rediretc", "redirect"},
	    {"itnernte", "internet"},
	    {"defautl", "default"},
	    {"l", NULL},
	    {"la", "lan"},
	    {"ln", "lan"},
	    {"lnk", "link"},
	    {"", NULL},
	    {"zzzzzzzzzzzz", NULL},
	    {"Allow", "allow"},
	    {"ALLOW", NULL},
	    {"xxinternetx", "internet"},
	    {"xxinternetxx", NULL},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		size_t len = strlen(cases[i].word);
		char *word = malloc(len ? len : 1);
		const char *got;

		memcpy(word, cases[i].word, len);
		got = nearest_word(word, len, words, ARRAY_LEN(words));
		CHECK_STR(got ? got : "-", cases[i].want ? cases[i].want : "-");
		free(word);
	}
}

TEST(no_words)
{
	CHECK(!nearest_word("a", 1, NULL, 0));
	CHECK(!nearest_word(NULL, 0, words, ARRAY_LEN(words)));
}

TEST(long_words_are_cut)
{
	size_t len = 1 << 20;
	char *word = malloc(len);
	char known[80];
	const char *list[] = {known};

	memset(word, 'a', len);
	memset(known, 'a', sizeof(known) - 1);
	known[sizeof(known) - 1] = '\0';
	CHECK(nearest_word(word, len, list, 1) == known);
	CHECK(!nearest_word(word, len, words, ARRAY_LEN(words)));
	known[61] = '\0';
	CHECK(nearest_word(word, len, list, 1) == known);
	known[60] = '\0';
	CHECK(!nearest_word(word, len, list, 1));
	free(word);
}

TEST(one_letter_word_is_at_least_one_edit)
{
	static const char *const letters[] = {"a"};

	CHECK(nearest_word("b", 1, letters, 1) == letters[0]);
	CHECK(nearest_word("ab", 2, letters, 1) == letters[0]);
	CHECK(!nearest_word("bc", 2, letters, 1));
}
