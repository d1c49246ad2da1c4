/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * base/nearest.h - finds the known word that a misspelt one was meant to be
 */
#ifndef NETJAIL_BASE_NEAREST_H
#define NETJAIL_BASE_NEAREST_H

#include <stddef.h>

/* The entry of `words` with the smallest edit distance (Damerau: a swap of neighbours is
 * one edit) to `word`, or NULL when none is within a third of its length (at least 1, at
 * most 3). Bytes beyond 64 of a word are not looked at. */
const char *nearest_word(const char *word, size_t len, const char *const *words,
			 size_t count);

#endif
