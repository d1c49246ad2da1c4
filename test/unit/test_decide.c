/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_decide.c - every table of test/tables: rules, requests, decisions
 *
 * A table is a list of cases. "== TITLE" begins one, rule lines follow up to "--", then
 * one request a line: KIND SOCKET [END] [FACT=VALUE...] => VERDICT ID [| ACTION], where a
 * number as ID is the line of the rule and ACTION what the verb was given. Facts are
 * name, exe, script, arg, under (each more than once), user and forked. Requests are
 * counted, in their order. Lines that begin with "%" are comments. The resolvers are 192.0.2.53 and
 * 2001:db8::53.
 */
#include <glob.h>

#include "base/buf.h"
#include "base/fdio.h"
#include "rules/action.h"
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

/* What a request's facts point to. */
struct facts {
	struct program program;
	struct ancestor ancestors[8];
	char args[256];
	unsigned ancestor_count;
};

static void add_arg(struct facts *facts, const char *arg)
{
	size_t *len = &facts->program.args_len;

	*len += (size_t)snprintf(facts->args + *len, sizeof(facts->args) - *len, "%s",
				 arg) +
		1;
	facts->program.args = facts->args;
}

static bool add_fact(struct facts *facts, struct request *request, char *fact)
{
	char *value = strchr(fact, '=');

	if (!value)
		return false;
	*value++ = '\0';
	if (strcmp(fact, "name") == 0) {
		request->names[request->name_count++] = value;
		return true;
	}
	if (strcmp(fact, "user") == 0) {
		request->user = atoi(value);
		return true;
	}
	request->program = &facts->program;
	if (strcmp(fact, "exe") == 0)
		facts->program.exe = value;
	else if (strcmp(fact, "script") == 0)
		facts->program.script = value;
	else if (strcmp(fact, "arg") == 0)
		add_arg(facts, value);
	else if (strcmp(fact, "forked") == 0)
		request->forked = true;
	else if (strcmp(fact, "under") == 0)
		facts->ancestors[facts->ancestor_count++].exe = value;
	else
		return false;
	for (unsigned i = 0; i < facts->ancestor_count; i++)
		facts->ancestors[i].next = i ? &facts->ancestors[i - 1] : NULL;
	if (facts->ancestor_count)
		facts->program.ancestors = &facts->ancestors[facts->ancestor_count - 1];
	return true;
}

/* The words before the arrow. */
static bool read_request(char *line, struct facts *facts, struct request *request)
{
	const char *kind = strtok(line, " "), *sock = strtok(NULL, " ");
	char *word = strtok(NULL, " ");
	const char *end = "";

	memset(facts, 0, sizeof(*facts));
	facts->program.script = "";
	add_arg(facts, "self");
	if (word && !strchr(word, '=')) {
		end = word;
		word = strtok(NULL, " ");
	}
	if (!kind || !sock || !ruletest_request(kind, sock, end, request))
		return false;
	for (; word; word = strtok(NULL, " ")) {
		if (!add_fact(facts, request, word))
			return false;
	}
	return true;
}

/* "refuse t:3", "delay t:1 | by 2s" */
static void put_decision(struct buf *buf, const struct decision *decision)
{
	buf_printf(buf, "%s %s", verdict_verb(decision->verdict), decision->rule_id);
	if (decision->action) {
		buf_puts(buf, " |");
		action_put(buf, decision->action);
	}
}

static void judge(struct ruleset *set, const struct reader *reader, char *line)
{
	char storage[256], want[256], whole[512];
	char *arrow = strstr(line, " => "), *id;
	struct request request;
	struct decision decision;
	struct facts facts;
	struct buf got;

	snprintf(whole, sizeof(whole), "%s", line);
	if (arrow)
		*arrow = '\0';
	id = arrow ? strchr(arrow + 4, ' ') : NULL;
	if (!id || !read_request(line, &facts, &request)) {
		printf("%s:%u: not a request: %s\n", reader->path, reader->line, whole);
		CHECK(false);
		return;
	}
	*id++ = '\0';
	snprintf(want, sizeof(want), "%s %s%s", arrow + 4, *id <= '9' ? "t:" : "", id);
	decision = ruleset_judge(set, &request);
	buf_init(&got, storage, sizeof(storage));
	put_decision(&got, &decision);
	harness_checks++;
	if (strcmp(got.data, want) == 0)
		return;
	harness_failures++;
	printf("%s:%u: %s\n  got %s (%s)\n", reader->path, reader->line, whole, got.data,
	       decision.rule_text);
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
