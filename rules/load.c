/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rules/load.c - texts and files into a ruleset: rules, what they include, sets
 */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/escape.h"
#include "base/fdio.h"
#include "base/xalloc.h"
#include "rules/parse.h"
#include "rules/set.h"

#define INCLUDES_MAX 16 /* files inside one another */

static const char *reason_of(int error)
{
	if (error == -EFBIG)
		return "larger than 64 MiB";
	if (error == -EPERM)
		return "others than its owner can write it, and netjail has more rights "
		       "than they";
	if (error == -ETIMEDOUT)
		return "nothing is written to it";
	return strerror(-error);
}

/* The file's text, and who it is. 0 or -errno. */
static int read_file(struct ruleset *set, const char *path, char **ret_text,
		     size_t *ret_len, struct stat *ret_stat)
{
	int r;

	set->files = xreallocarray(set->files, set->file_count + 1, sizeof(*set->files));
	set->files[set->file_count++] =
		store_string(set, (struct span){path, strlen(path)});
	r = fdio_read_file_stat(path, TEXT_MAX, ret_text, ret_len, ret_stat);
	if (r == 0 && set->strict_files && (ret_stat->st_mode & (S_IWGRP | S_IWOTH))) {
		free(*ret_text);
		return -EPERM;
	}
	if (r == 0)
		store_digest(set, *ret_text, *ret_len);
	return r;
}

/* The file's base name as rule ids carry it; the ruleset's. */
static const char *id_name_of(struct ruleset *set, const char *name)
{
	char storage[1024]; /* the 255 bytes of the longest file name, each as \xHH */
	size_t len = strlen(name);
	struct buf buf;

	buf_init(&buf, storage, sizeof(storage));
	escape_put(&buf, name, len < 255 ? len : 255);
	return store_string(set, (struct span){buf.data, buf.len});
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* A text with an error leaves a ruleset that refuses everything. */
static int finish(struct ruleset *set, int r)
{
	set->broken |= r < 0;
	return r;
}

int ruleset_add_text(struct ruleset *set, const char *name, unsigned line,
		     const char *text, size_t len, struct rule_error *ret_error)
{
	struct parser parser = {
		.set = set,
		.name = store_string(set, (struct span){name, strlen(name)}),
		.id_name = id_name_of(set, name),
	};

	if (len > TEXT_MAX) {
		diag_file(ret_error, name, "larger than 64 MiB");
		return finish(set, -EINVAL);
	}
	parser.text = xreallocarray(NULL, len + 1, 1);
	if (len)
		memcpy(parser.text, text, len);
	parser.text[len] = '\0';
	store_digest(set, text, len);
	(void)store_text(set, parser.text);
	return finish(set, parse_text(&parser, len, line, ret_error));
}

static int add_file(struct ruleset *set, const char *path, const struct parser *includer,
		    struct rule_error *ret_error)
{
	struct parser parser = {
		.set = set,
		.name = store_string(set, (struct span){path, strlen(path)}),
		.id_name = id_name_of(set, base_name(path)),
		.includer = includer,
	};
	struct stat st;
	size_t len;
	int r = read_file(set, path, &parser.text, &len, &st);

	if (r < 0) {
		diag_file(ret_error, path, reason_of(r));
		return r;
	}
	parser.dev = st.st_dev;
	parser.ino = st.st_ino;
	(void)store_text(set, parser.text);
	return parse_text(&parser, len, 1, ret_error);
}

int ruleset_add_file(struct ruleset *set, const char *path, struct rule_error *ret_error)
{
	return finish(set, add_file(set, path, NULL, ret_error));
}

/* ---- files that a rule file names ---- */

/* The path that the word names, relative to the file it stands in; to be freed. */
static char *path_of(const struct parser *parser, struct span word)
{
	const char *slash = strrchr(parser->name, '/');
	size_t folder = slash ? (size_t)(slash - parser->name) + 1 : 0;
	char *path;

	if (span_begins(word, '/') || !parser->ino)
		folder = 0;
	path = xreallocarray(NULL, folder + word.len + 1, 1);
	memcpy(path, parser->name, folder);
	memcpy(path + folder, word.text, word.len);
	path[folder + word.len] = '\0';
	return path;
}

static int expect_end(struct parser *parser, const char *what)
{
	struct span word;

	if (!lex_word(&parser->line, &word))
		return 0;
	return diag_error(&parser->diag, word, "unexpected '%s' after %s",
			  diag_quote(word).text, what);
}

/* Includes itself, by whatever name or links. */
static int check_circle(const struct parser *parser, const char *path, struct span word)
{
	unsigned depth = 1;
	struct stat st;

	if (stat(path, &st) != 0)
		return diag_error(&parser->diag, word, "%s", strerror(errno));
	for (const struct parser *at = parser; at; at = at->includer, depth++) {
		if (at->ino == st.st_ino && at->dev == st.st_dev)
			return diag_error(&parser->diag, word,
					  "'%s' includes itself in this way",
					  diag_quote(word).text);
	}
	if (depth > INCLUDES_MAX)
		return diag_error(&parser->diag, word,
				  "more than %d files inside one another", INCLUDES_MAX);
	return 0;
}

int load_include(struct parser *parser, struct span verb, enum verdict verdict)
{
	struct rule_error *error = parser->diag.error;
	cleanup_free char *path = NULL;
	struct span word;
	int r = parse_expect(parser, &word, "include", "a path");

	(void)verb;
	(void)verdict;
	if (r == 0)
		r = expect_end(parser, "the path");
	if (r < 0)
		return r;
	path = path_of(parser, word);
	r = check_circle(parser, path, word);
	return r < 0 ? r : add_file(parser->set, path, parser, error);
}

static int load_set_file(struct parser *parser, int number)
{
	struct rule_error *error = parser->diag.error;
	cleanup_free char *path = NULL, *text = NULL;
	struct span word;
	struct stat st;
	size_t len;
	int r = parse_expect(parser, &word, "file", "a path");

	if (r == 0)
		r = expect_end(parser, "the path");
	if (r < 0)
		return r;
	path = path_of(parser, word);
	r = read_file(parser->set, path, &text, &len, &st);
	if (r < 0) {
		text = NULL;
		return diag_error(&parser->diag, word, "%s", reason_of(r));
	}
	return set_add_text(parser->set, number, (struct span){text, len}, path, error);
}

int load_set(struct parser *parser, struct span verb, enum verdict verdict)
{
	struct ruleset *set = parser->set;
	struct span word;
	size_t items = 0;
	int number, r = parse_expect(parser, &word, "set", "a name");

	(void)verb;
	(void)verdict;
	if (r < 0)
		return r;
	if (!set_is_name(word))
		return diag_error(&parser->diag, word,
				  "'%s' is not the name of a set; letters, digits, '-', "
				  "'_' and '.' are",
				  diag_quote(word).text);
	number = store_set(set, word);
	if (number < 0)
		return diag_error(&parser->diag, word, "more than %d sets", SETS_MAX);
	set->sets[number].defined = true;

	for (; r == 0 && lex_word(&parser->line, &word); items++) {
		if (items == 0 && span_is(word, "file"))
			r = load_set_file(parser, number);
		else
			r = set_add_item(set, number, word, &parser->diag);
	}
	if (r == 0 && items == 0)
		return diag_error(&parser->diag, word,
				  "items, or 'file' and a path, are missing here");
	return r;
}
