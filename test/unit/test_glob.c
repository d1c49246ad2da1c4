/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_glob.c - globs against cases, against a naive matcher, against the clock
 */
#include <time.h>

#include "rules/glob.h"
#include "test/unit/harness.h"

static bool match(const char *glob, const char *text)
{
	return glob_match((struct span){glob, strlen(glob)},
			  (struct span){text, strlen(text)});
}

TEST(cases)
{
	CHECK(match("", ""));
	CHECK(!match("", "a"));
	CHECK(match("*", ""));
	CHECK(match("***", "abc"));
	CHECK(match("?", "a"));
	CHECK(!match("?", ""));
	CHECK(!match("?", "ab"));
	CHECK(match("/run/*.sock", "/run/a/b.sock"));
	CHECK(!match("/run/*.sock", "/run/a.sock2"));
	CHECK(match("*a*b", "xaxbxb"));
	CHECK(!match("*a*b", "xaxbxc"));
	CHECK(match("a*", "a"));
	CHECK(!match("A", "a"));
	CHECK(glob_match((struct span){"a?b", 3}, (struct span){"a\0b", 3}));
}

static bool naive(const char *glob, const char *text)
{
	if (*glob == '*')
		return naive(glob + 1, text) || (*text && naive(glob, text + 1));
	if (!*glob || !*text)
		return !*glob && !*text;
	return (*glob == '?' || *glob == *text) && naive(glob + 1, text + 1);
}

/* Writes the `number`th text over `letters`, at most 6 long. */
static void nth(unsigned number, const char *letters, char text[static 8])
{
	unsigned base = (unsigned)strlen(letters) + 1, len = 0;

	for (; number; number /= base) {
		if (number % base)
			text[len++] = letters[number % base - 1];
	}
	text[len] = '\0';
}

TEST(all_short_globs_as_the_naive_matcher)
{
	unsigned wrong = 0;
	char glob[8], text[8];

	for (unsigned g = 0; g < 5 * 5 * 5 * 5 * 5; g++) {
		nth(g, "*?ab", glob);
		for (unsigned t = 0; t < 3 * 3 * 3 * 3 * 3; t++) {
			nth(t, "ab", text);
			wrong += match(glob, text) != naive(glob, text);
		}
	}
	CHECK(wrong == 0);
}

TEST(many_stars_take_no_time)
{
	char glob[256], text[109];
	clock_t start = clock();

	for (size_t i = 0; i < 254; i++)
		glob[i] = i % 2 ? 'a' : '*';
	strcpy(glob + 200, "b");
	memset(text, 'a', 108);
	text[108] = '\0';
	for (unsigned i = 0; i < 1000; i++)
		CHECK(!match(glob, text));
	CHECK((double)(clock() - start) / CLOCKS_PER_SEC < 5);
}
