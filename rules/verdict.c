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
	bool lets_through;
} words[] = {
	[VERDICT_REFUSE] = {"refuse", "refused", false},
	[VERDICT_ALLOW] = {"allow", "allowed", true},
	[VERDICT_ERROR] = {"error", "failed", false},
	[VERDICT_TIMEOUT] = {"timeout", "timed out", false},
	[VERDICT_DELAY] = {"delay", "delayed", true},
	[VERDICT_REDIRECT] = {"redirect", "redirected", true},
	[VERDICT_ASK] = {"ask", "asked", false},
};
static_assert(ARRAY_LEN(words) == VERDICT_NUM_, "name every verdict");

static const char *const remember_names[] = {
	[REMEMBER_ASK] = NULL,          [REMEMBER_ONCE] = "once",
	[REMEMBER_PROCESS] = "process", [REMEMBER_SESSION] = "session",
	[REMEMBER_ALWAYS] = "always",
};
static_assert(ARRAY_LEN(remember_names) == REMEMBER_NUM_, "name every time");

const char *verdict_verb(enum verdict verdict)
{
	return words[verdict].verb;
}

const char *verdict_past(enum verdict verdict)
{
	return words[verdict].past;
}

bool verdict_lets_through(enum verdict verdict)
{
	return words[verdict].lets_through;
}

const char *remember_name(enum remember remember)
{
	return remember_names[remember];
}
