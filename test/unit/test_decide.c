/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_decide.c - every table of test/tables: rules, requests, decisions
 *
 * A table is a list of cases. "== TITLE" begins one, rule lines follow up to "--", then
 * one request a line: KIND SOCKET [END] => VERDICT ID, where a number as ID is the line
 * of the rule. Lines that begin with "%" are comments. The resolvers are 192.0.2.53 and
 * 2001:db8::53.
 */
#include <glob.h>

#include "base/fdio.h"
#include "test/unit/harness.h"
#include "test/unit/ruletest.h"

struct reader {
	const char *path;
	char *at; /* the next line; NULL at the end */
	unsigned line;
};

static char *next_line(struct reader *reader)
{
	char *line = reader->at;
	char *newline = line ? strchr(line, '\n') : NULL;

	if (!line || (!newline && !*line))
		return NULL;
	reader->at = newline ? newline + 1 : NULL;
	if (newline)
		*newline = '\0';
	reader->line++;
	return line;
}

static struct ruleset *read_rules(struct reader *reader)
{
	struct ruleset *set = ruleset_new();
	struct addr resolvers[2];
	struct rule_error error;
	char text[4096];
	size_t len = 0;
	char *line;

	while ((line = next_line(reader)) && strcmp(line, "--") != 0)
		len += (size_t)snprintf(text + len, sizeof(text) - len, "%s\n", line);
	if (ruletest_add(set, "t", text, len, &error) < 0) {
		printf("%s:%u: %s\n", reader->path, reader->line, error.text);
		CHECK(false);
	}
	CHECK(addr_parse("192.0.2.53", 10, &resolvers[0]));
	CHECK(addr_parse("2001:db8::53", 12, &resolvers[1]));
	ruleset_set_resolvers(set, resolvers, 2);
	return set;
}

static void judge(const struct ruleset *set, const struct reader *reader, char *line)
{
	char kind[16], sock[16], end[128] = "", want_verb[16], want_id[64], id[80];
	char *arrow = strstr(line, " => ");
	struct request request;
	struct decision decision;

	if (!arrow || sscanf(line, "%15s %15s %127[^ ]", kind, sock, end) < 2 ||
	    sscanf(arrow, " => %15s %63[^\n]", want_verb, want_id) != 2 ||
	    !ruletest_request(kind, sock, end, &request)) {
		printf("%s:%u: not a request: %s\n", reader->path, reader->line, line);
		CHECK(false);
		return;
	}
	decision = ruleset_decide(set, &request);
	snprintf(id, sizeof(id), "%s%s", want_id[0] <= '9' ? "t:" : "", want_id);
	harness_checks++;
	if (strcmp(verdict_verb(decision.verdict), want_verb) == 0 &&
	    strcmp(decision.rule_id, id) == 0)
		return;
	harness_failures++;
	printf("%s:%u: %s\n  got %s %s (%s)\n", reader->path, reader->line, line,
	       verdict_verb(decision.verdict), decision.rule_id, decision.rule_text);
}

static void run_table(const char *path)
{
	struct ruleset *set = NULL;
	struct reader reader = {path, NULL, 0};
	unsigned judged = 0;
	char *text, *line;
	size_t len;

	CHECK(fdio_read_file(path, 1 << 20, &text, &len) == 0);
	reader.at = text;
	while ((line = next_line(&reader))) {
		if (strncmp(line, "== ", 3) == 0) {
			ruleset_free(set);
			set = read_rules(&reader);
		} else if (line[0] && line[0] != '%') {
			judge(set, &reader, line);
			judged++;
		}
	}
	CHECK(judged > 0);
	ruleset_free(set);
	free(text);
}

TEST(every_table)
{
	glob_t tables;

	CHECK(glob(NJ_TABLES "/*.tbl", 0, NULL, &tables) == 0);
	for (size_t i = 0; i < tables.gl_pathc; i++)
		run_table(tables.gl_pathv[i]);
	globfree(&tables);
}
