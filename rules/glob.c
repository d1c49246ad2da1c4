/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rules/glob.c - matches a whole text against a pattern with * and ?
 */
#include "rules/glob.h"

#include <stddef.h>
#include <stdint.h>

/* Only the last '*' is ever tried again: what an earlier one swallowed can stay as it is,
 * because the last can swallow the same bytes. So the tries never multiply. */
bool glob_match(struct span glob, struct span text)
{
	size_t g = 0, t = 0, star = SIZE_MAX, star_text = 0;

	while (t < text.len) {
		if (g < glob.len && glob.text[g] == '*') {
			star = g++;
			star_text = t;
		} else if (g < glob.len &&
			   (glob.text[g] == '?' || glob.text[g] == text.text[t])) {
			g++;
			t++;
		} else if (star != SIZE_MAX) {
			g = star + 1;
			t = ++star_text;
		} else {
			return false;
		}
	}
	while (g < glob.len && glob.text[g] == '*')
		g++;
	return g == glob.len;
}
