/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * names/hosts.c - reads the names that a hosts(5) file gives to addresses
 */
#include "names/hosts.h"

#include <stdbool.h>
#include <string.h>

#include "base/fdio.h"
#include "names/table.h"
#include "net/addr.h"

struct word {
	const char *text;
	size_t len;
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* Takes the next word of a line off its front; empty at its end or before a comment. */
static struct word take_word(struct word *line)
{
	struct word word;

	while (line->len && is_blank(*line->text)) {
		line->text++;
		line->len--;
	}
	word = (struct word){line->text, 0};
	while (line->len && !is_blank(*line->text) && *line->text != '#') {
		line->text++;
		line->len--;
		word.len++;
	}
	return word;
}

static void parse_line(struct names *names, struct word line)
{
	struct word where = take_word(&line), name;
	struct addr addr;

	if (!addr_parse(where.text, where.len, &addr))
		return;
	/* "0.0.0.0 ads.example" blocks a name; it does not say what 0.0.0.0 is called. */
	if (addr_is_unspecified(&addr))
		return;
	/* A name that cannot be kept is a bad line, a full table drops the rest: skipped.
	 */
	for (name = take_word(&line); name.len; name = take_word(&line))
		(void)names_add(names, &addr, name.text, name.len);
}

void hosts_parse(struct names *names, const char *text, size_t len)
{
	while (len) {
		const char *newline = memchr(text, '\n', len);
		size_t line_len = newline ? (size_t)(newline - text) : len;

		parse_line(names, (struct word){text, line_len});
		line_len += newline != NULL;
		text += line_len;
		len -= line_len;
	}
}

int hosts_load(struct names *names, const char *path)
{
	cleanup_free char *text = NULL;
	size_t len = 0;
	int error = fdio_read_file(path, HOSTS_FILE_MAX, &text, &len);

	if (!error)
		hosts_parse(names, text, len);
	return error;
}
