/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * cli/import_draft.c - a rule of another program, written in our language or as a comment
 *
 * A rule that loses a condition on the way is another rule: it is written as a comment,
 * with what was lost. What is written is read again before, by the parser.
 */
#include <stdio.h>
#include <string.h>

#include "base/escape.h"
#include "cli/import.h"
#include "rules/ruleset.h"

void import_begin(struct import_draft *draft, const char *name)
{
	struct buf *const parts[] = {&draft->hosts, &draft->ports, &draft->protocol,
				     &draft->conditions, &draft->unequal};

	draft->name = name;
	draft->allows = draft->disabled = false;
	for (size_t i = 0; i < ARRAY_LEN(parts); i++)
		buf_init(parts[i], draft->storage[i], sizeof(draft->storage[i]));
}

/* One word: every byte that would end it becomes a '?', which stands for any byte. */
static void put_word(struct buf *buf, const char *text)
{
	for (; *text; text++) {
		unsigned char byte = (unsigned char)*text;
		bool ends = byte <= ' ' || byte == '#' || byte == 0x7f;

		buf_put(buf, ends ? "?" : text, 1);
	}
}

void import_condition(struct import_draft *draft, const char *word, const char *value)
{
	buf_printf(&draft->conditions, " %s ", word);
	put_word(&draft->conditions, value);
}

void import_host(struct import_draft *draft, const char *mark, const char *host)
{
	bool v6 = strchr(host, ':');

	buf_printf(&draft->hosts, " %s%s", mark, v6 ? "[" : "");
	put_word(&draft->hosts, host);
	if (v6)
		buf_putc(&draft->hosts, ']');
	else if (!strpbrk(host, ".*") && *mark != '.' && strcmp(host, "localhost") != 0 &&
		 strcmp(host, "lan") != 0)
		buf_putc(&draft->hosts, '.');
}

void import_unequal(struct import_draft *draft, const char *what, const char *value)
{
	buf_printf(&draft->unequal, "%s", draft->unequal.len ? ", " : "");
	escape_put(&draft->unequal, what, strlen(what));
	buf_puts(&draft->unequal, " ");
	escape_put(&draft->unequal, value, strlen(value));
}

/* Every host with the ports and the protocol. */
static void put_targets(struct buf *line, const struct import_draft *draft)
{
	const char *at = draft->hosts.len ? draft->hosts.data : " *";

	while (*at) {
		size_t len = 1 + strcspn(at + 1, " ");

		buf_put(line, at, len);
		at += len;
		if (draft->ports.len)
			buf_printf(line, ":%s", draft->ports.data);
		if (draft->protocol.len)
			buf_printf(line, "/%s", draft->protocol.data);
	}
}

/* What is wrong with the line; "" when it is right. */
static void check_line(const struct buf *line, struct rule_error *error)
{
	struct ruleset *set = ruleset_new();

	error->text[0] = '\0';
	if (ruleset_add_text(set, "", 1, line->data, line->len, error) == 0)
		error->text[0] = '\0';
	error->text[strcspn(error->text, "\n")] = '\0';
	ruleset_free(set);
}

static bool is_cut(const struct import_draft *draft)
{
	return draft->hosts.truncated || draft->ports.truncated ||
	       draft->protocol.truncated || draft->conditions.truncated;
}

void import_write(struct import_draft *draft)
{
	static char storage[65536];
	struct rule_error error;
	char name[512];
	struct buf line, shown;

	buf_init(&shown, name, sizeof(name));
	escape_put(&shown, draft->name, strlen(draft->name));
	printf("# %s\n", name);
	buf_init(&line, storage, sizeof(storage));
	buf_puts(&line, draft->allows ? "allow" : "refuse");
	put_targets(&line, draft);
	buf_put(&line, draft->conditions.data, draft->conditions.len);
	check_line(&line, &error);
	if (draft->unequal.len)
		printf("# no equal: %s\n", draft->unequal.data);
	if (is_cut(draft) || line.truncated)
		puts("# no equal: it is too long");
	else if (error.text[0])
		printf("# no equal: %s\n", error.text);
	if (draft->disabled)
		puts("# disabled");
	if (draft->unequal.len || error.text[0] || draft->disabled || is_cut(draft) ||
	    line.truncated) {
		char escaped[4096];

		buf_init(&shown, escaped, sizeof(escaped));
		escape_put(&shown, line.data, line.len);
		printf("# %s\n", escaped);
	} else {
		puts(line.data);
	}
}
