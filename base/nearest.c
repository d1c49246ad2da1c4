/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * base/nearest.c - finds the known word that a misspelt one was meant to be
 */
#include "base/nearest.h"

#include <string.h>

#define WORD_MAX 64

static unsigned min(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

/* Optimal string alignment: insert, delete, replace, or swap two neighbours. */
static unsigned distance(const char *a, size_t a_len, const char *b, size_t b_len)
{
	unsigned cost[WORD_MAX + 1][WORD_MAX + 1];

	for (size_t i = 0; i <= a_len; i++)
		cost[i][0] = (unsigned)i;
	for (size_t j = 0; j <= b_len; j++)
		cost[0][j] = (unsigned)j;
	for (size_t i = 1; i <= a_len; i++) {
		for (size_t j = 1; j <= b_len; j++) {
			unsigned best = min(cost[i - 1][j], cost[i][j - 1]) + 1;

			best = min(best, cost[i - 1][j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1])
				best = min(best, cost[i - 2][j - 2] + 1);
			cost[i][j] = best;
		}
	}
	return cost[a_len][b_len];
}

const char *nearest_word(const char *word, size_t len, const char *const *words,
			 size_t count)
{
	size_t seen = len < WORD_MAX ? len : WORD_MAX;
	unsigned limit = len < 6 ? 1 : min((unsigned)(seen / 3), 3);
	const char *nearest = NULL;
	unsigned best = limit + 1;

	for (size_t i = 0; i < count; i++) {
		unsigned edits =
			distance(word, seen, words[i], strnlen(words[i], WORD_MAX));

		if (edits < best) {
			best = edits;
			nearest = words[i];
		}
	}
	return nearest;
}
