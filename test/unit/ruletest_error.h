/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/ruletest_error.h - the error of a rule text
 */
#ifndef NETJAIL_TEST_UNIT_RULETEST_ERROR_H
#define NETJAIL_TEST_UNIT_RULETEST_ERROR_H

#include "test/unit/harness.h"
#include "test/unit/ruletest.h"

static struct rule_error error;

/* The error of a text; "" when it is right. */
static inline const char *error_of_bytes(const char *text, size_t len)
{
	struct ruleset *set = ruleset_new();
	int r;

	memset(error.text, 'x', sizeof(error.text));
	error.text[0] = '\0';
	r = ruletest_add(set, "game.rules", text, len, &error);
	CHECK(r == 0 || r == -22);
	CHECK((r == 0) == (error.text[0] == '\0'));
	if (r < 0)
		CHECK(ruleset_count(set) == 0 && ruleset_default(set) == VERDICT_REFUSE &&
		      ruleset_judges_bind(set) && ruleset_refuses(set));
	ruleset_free(set);
	return error.text;
}

static inline const char *error_of(const char *text)
{
	return error_of_bytes(text, strlen(text));
}

#endif
