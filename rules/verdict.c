/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rules/verdict.c - the words of a verdict
 */
#include "rules/verdict.h"

#include <assert.h>

#include "base/cleanup.h"

static const struct verdict_words {
	const char *verb;
	const char *past;
} words[] = {
	[VERDICT_REFUSE] = {"refuse", "refused"},
	[VERDICT_ALLOW] = {"allow", "allowed"},
};
static_assert(ARRAY_LEN(words) == VERDICT_NUM_, "name every verdict");

const char *verdict_verb(enum verdict verdict)
{
	return words[verdict].verb;
}

const char *verdict_past(enum verdict verdict)
{
	return words[verdict].past;
}
