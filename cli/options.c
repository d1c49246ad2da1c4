/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * cli/options.c - one table of options: it parses, and writes the help
 *
 * Not getopt_long(3): its messages name no nearest option, and its table is a second one.
 */
#include "cli/options.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/escape.h"
#include "base/msg.h"
#include "base/nearest.h"

#define NAMES_MAX 64

struct table {
	const struct option_row *rows;
	size_t count;
	const char *command;
};

/* What the person wrote, safe to print. */
static const char *shown(const char *word, size_t len)
{
	static char storage[256];
	struct buf buf;

	buf_init(&buf, storage, sizeof(storage));
	escape_put(&buf, word, len < 60 ? len : 60);
	return storage;
}

static noreturn void unknown_option(const struct table *table, const char *word,
				    size_t len)
{
	const char *names[NAMES_MAX], *near;
	size_t count = 0;

	for (size_t i = 0; i < table->count && count < NAMES_MAX; i++)
		if (table->rows[i].name)
			names[count++] = table->rows[i].name;
	near = len > 2 ? nearest_word(word + 2, len - 2, names, count) : NULL;
	if (near)
		msg_die("unknown option '%s'; did you mean '--%s'?", shown(word, len),
			near);
	msg_die("unknown option '%s'; 'netjail %s --help' lists them", shown(word, len),
		table->command);
}

static const struct option_row *find_long(const struct table *table, const char *name,
					  size_t len)
{
	for (size_t i = 0; i < table->count; i++) {
		const char *candidate = table->rows[i].name;

		if (candidate && strlen(candidate) == len &&
		    memcmp(candidate, name, len) == 0)
			return &table->rows[i];
	}
	return NULL;
}

static const struct option_row *find_letter(const struct table *table, char letter)
{
	for (size_t i = 0; i < table->count; i++)
		if (table->rows[i].letter == letter)
			return &table->rows[i];
	return NULL;
}

static void apply(const struct option_row *row, const char *word, size_t len,
		  const char *arg, void *target)
{
	if (!row->set(target, arg))
		msg_die("option '%s' does not take '%s'; it wants %s", shown(word, len),
			arg ? arg : "", row->arg ? row->arg : "no argument");
}

/* "--name", "--name=arg", "--name arg". Returns how many words were used. */
static int parse_long(const struct table *table, char *const *argv, int at, void *target)
{
	const char *word = argv[at], *equals = strchr(word, '=');
	size_t len = equals ? (size_t)(equals - word) : strlen(word);
	const struct option_row *row = find_long(table, word + 2, len - 2);

	if (!row)
		unknown_option(table, word, len);
	if (!row->arg) {
		if (equals)
			msg_die("option '%s' takes no argument", shown(word, len));
		apply(row, word, len, NULL, target);
		return 1;
	}
	if (equals) {
		apply(row, word, len, equals + 1, target);
		return 1;
	}
	if (!argv[at + 1])
		msg_die("option '%s' needs an argument: %s", shown(word, len), row->arg);
	apply(row, word, len, argv[at + 1], target);
	return 2;
}

/* "-qt", "-oFILE", "-o FILE". Returns how many words were used. */
static int parse_letters(const struct table *table, char *const *argv, int at,
			 void *target)
{
	for (const char *letter = argv[at] + 1; *letter; letter++) {
		const struct option_row *row = find_letter(table, *letter);
		char word[] = {'-', *letter, 0};

		if (!row)
			unknown_option(table, word, 2);
		if (!row->arg) {
			apply(row, word, 2, NULL, target);
			continue;
		}
		if (letter[1]) {
			apply(row, word, 2, letter + 1, target);
			return 1;
		}
		if (!argv[at + 1])
			msg_die("option '%s' needs an argument: %s", word, row->arg);
		apply(row, word, 2, argv[at + 1], target);
		return 2;
	}
	return 1;
}

int options_parse(const struct option_row *rows, size_t count, char *const *argv,
		  void *target)
{
	struct table table = {rows, count, argv[0]};
	int at = 1;

	while (argv[at] && argv[at][0] == '-' && argv[at][1]) {
		if (strcmp(argv[at], "--") == 0)
			return at + 1;
		if (argv[at][1] == '-')
			at += parse_long(&table, argv, at, target);
		else
			at += parse_letters(&table, argv, at, target);
	}
	return at;
}

#define HELP_COLUMN 26

void options_help(const struct option_row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		char left[64];
		struct buf buf;

		buf_init(&buf, left, sizeof(left));
		if (rows[i].letter)
			buf_printf(&buf, "-%c", rows[i].letter);
		else
			buf_puts(&buf, "  ");
		if (rows[i].name)
			buf_printf(&buf, "%s --%s", rows[i].letter ? "," : " ",
				   rows[i].name);
		if (rows[i].arg)
			buf_printf(&buf, " %s", rows[i].arg);
		/* What is too wide for its column has the line to itself. */
		if (strlen(left) > HELP_COLUMN)
			printf("  %s\n  %*s %s\n", left, HELP_COLUMN, "", rows[i].help);
		else
			printf("  %-*s %s\n", HELP_COLUMN, left, rows[i].help);
	}
}
