/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rules/diag.c - says what is wrong with a rule, where, and with the place marked
 */
#include "rules/diag.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/escape.h"
#include "rules/ruleset.h"

/* A byte takes at most four columns when escaped, so that name (4 * 160), message (512),
 * line and mark (100 columns and dots each) fit into struct rule_error. */
enum {
	NAME_BYTES = 160,   /* of a file name; the end of a longer one */
	LINE_COLUMNS = 100, /* of the line that is shown */
	LEFT_COLUMNS = 60,  /* of them before the mark */
	QUOTE_BYTES = 40,   /* of a word inside a message */
};

static const char dots[] = "...";

static void put_name(struct buf *buf, const char *name)
{
	size_t len = strlen(name);

	if (len > NAME_BYTES) {
		buf_puts(buf, dots);
		name += len - NAME_BYTES;
		len = NAME_BYTES;
	}
	escape_put(buf, name, len);
}

/* A tab is one column wide, so that the mark stands right whatever the tab stops are. */
static void put_shown(struct buf *buf, struct span span)
{
	for (size_t i = 0; i < span.len; i++) {
		if (span.text[i] == '\t')
			buf_putc(buf, ' ');
		else
			escape_put(buf, span.text + i, 1);
	}
}

/* How many columns the byte takes when shown. */
static size_t columns_of(char byte)
{
	char storage[8];
	struct buf buf;

	buf_init(&buf, storage, sizeof(storage));
	put_shown(&buf, (struct span){&byte, 1});
	return buf.len;
}

/* The part of the line around byte `column` that fits the screen. */
static struct span visible(struct span line, size_t column)
{
	size_t from = column, to = column, used = 0;

	while (from > 0 && used + columns_of(line.text[from - 1]) <= LEFT_COLUMNS)
		used += columns_of(line.text[--from]);
	while (to < line.len && used + columns_of(line.text[to]) <= LINE_COLUMNS)
		used += columns_of(line.text[to++]);
	while (from > 0 && used + columns_of(line.text[from - 1]) <= LINE_COLUMNS)
		used += columns_of(line.text[--from]);
	return (struct span){line.text + from, to - from};
}

static void put_times(struct buf *buf, size_t count, char c)
{
	while (count--)
		buf_putc(buf, c);
}

/* The line, and below it ^ under the first byte of `at`, ~ under the others. */
static void put_excerpt(struct buf *buf, struct span line, struct span at)
{
	struct span shown = visible(line, (size_t)(at.text - line.text));
	size_t before = (size_t)(at.text - shown.text);
	size_t start = buf->len, mark, width;

	if (shown.text > line.text)
		buf_puts(buf, dots);
	put_shown(buf, span_head(shown, before));
	mark = buf->len - start;

	if (at.len > shown.len - before)
		at.len = shown.len - before;
	put_shown(buf, at);
	width = buf->len - start - mark;

	put_shown(buf, span_tail(shown, before + at.len));
	if (shown.text + shown.len < line.text + line.len)
		buf_puts(buf, dots);

	buf_putc(buf, '\n');
	put_times(buf, mark, ' ');
	buf_putc(buf, '^');
	put_times(buf, width ? width - 1 : 0, '~');
}

int diag_error(const struct diag *diag, struct span at, const char *format, ...)
{
	size_t column = (size_t)(at.text - diag->line->whole.text) + 1;
	char message[512];
	struct buf buf;
	va_list args;

	va_start(args, format);
	vsnprintf(message, sizeof(message), format, args);
	va_end(args);

	buf_init(&buf, diag->error->text, sizeof(diag->error->text));
	put_name(&buf, diag->name);
	buf_printf(&buf, ":%u:%zu: %s\n", diag->line->number, column, message);
	put_excerpt(&buf, diag->line->whole, at);
	return -EINVAL;
}

void diag_file(struct rule_error *error, const char *name, const char *message)
{
	struct buf buf;

	buf_init(&buf, error->text, sizeof(error->text));
	put_name(&buf, name);
	buf_printf(&buf, ": %s", message);
}

struct diag_quoted diag_quote(struct span word)
{
	struct diag_quoted quoted;
	struct buf buf;

	buf_init(&buf, quoted.text, sizeof(quoted.text));
	escape_put(&buf, word.text, word.len < QUOTE_BYTES ? word.len : QUOTE_BYTES);
	if (word.len > QUOTE_BYTES)
		buf_puts(&buf, dots);
	return quoted;
}
