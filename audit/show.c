/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/show.c - writes hostile text into HTML, Markdown and CSV so that it stays text
 */
#include "audit/show.h"

#include <assert.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/utf8.h"

/* Unicode: what turns or hides the text around it (Bidi_Control, and zero width). */
static const struct {
	uint32_t from, to;
} hidden[] = {
	{0x00, 0x1f},     {0x7f, 0x9f},     {0xad, 0xad},       {0x61c, 0x61c},
	{0x180e, 0x180e}, {0x200b, 0x200f}, {0x2028, 0x202e},   {0x2060, 0x206f},
	{0xfeff, 0xfeff}, {0xfff9, 0xfffb}, {0xe0000, 0xe0fff},
};

static const char *const meanings[] = {
	[SHOW_HTML] = "&<>\"'",
	[SHOW_MARKDOWN] = "&<>|`*_[]\\#~!",
	[SHOW_CSV] = "\"",
};
static_assert(ARRAY_LEN(meanings) == SHOW_NUM_, "each has its characters");

static bool is_hidden(uint32_t code)
{
	for (size_t i = 0; i < ARRAY_LEN(hidden); i++)
		if (code >= hidden[i].from && code <= hidden[i].to)
			return true;
	return false;
}

static uint32_t decode(const uint8_t *bytes, size_t size)
{
	static const uint8_t masks[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
	uint32_t code = bytes[0] & masks[size];

	for (size_t i = 1; i < size; i++)
		code = code << 6 | (bytes[i] & 0x3f);
	return code;
}

static void put_ascii(FILE *out, enum show_as as, char c)
{
	if (!strchr(meanings[as], c))
		fputc(c, out);
	else if (as == SHOW_CSV)
		fputs("\"\"", out);
	else
		fprintf(out, "&#%d;", c);
}

void show_bytes(FILE *out, enum show_as as, const char *text, size_t len)
{
	const uint8_t *bytes = (const uint8_t *)text;

	for (size_t i = 0; i < len;) {
		size_t size = utf8_char(bytes + i, len - i);
		uint32_t code = size ? decode(bytes + i, size) : bytes[i];

		if (!size)
			fprintf(out, as == SHOW_MARKDOWN ? "&#92;x%02x" : "\\x%02x",
				code);
		else if (is_hidden(code))
			fprintf(out, as == SHOW_MARKDOWN ? "&#92;u{%04x}" : "\\u{%04x}",
				code);
		else if (size == 1)
			put_ascii(out, as, text[i]);
		else
			fwrite(text + i, 1, size, out);
		i += size ? size : 1;
	}
}

void show(FILE *out, enum show_as as, const char *text)
{
	if (as == SHOW_CSV && *text && strchr("=+-@\t\r", *text))
		fputc('\'', out); /* a spreadsheet would take it for a formula */
	show_bytes(out, as, text, strlen(text));
}

static struct buf *next_buf(void)
{
	static char storage[4][512];
	static struct buf bufs[4];
	static unsigned turn;

	turn = (turn + 1) % ARRAY_LEN(bufs);
	buf_init(&bufs[turn], storage[turn], sizeof(storage[turn]));
	return &bufs[turn];
}

const char *show_time(double seconds)
{
	struct buf *buf = next_buf();
	time_t whole = (time_t)seconds;
	struct tm tm;

	if (whole <= 0 || !gmtime_r(&whole, &tm))
		return "-";
	buf_printf(buf, "%04d-%02d-%02d %02d:%02d:%02d", tm.tm_year + 1900, tm.tm_mon + 1,
		   tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec);
	return buf->data;
}

const char *show_size(double bytes)
{
	static const char *const units[] = {"B", "kB", "MB", "GB", "TB"};
	struct buf *buf = next_buf();
	unsigned unit = 0;

	for (; bytes >= 1000 && unit + 1 < ARRAY_LEN(units); unit++)
		bytes /= 1000;
	buf_printf(buf, unit ? "%.1f %s" : "%.0f %s", bytes, units[unit]);
	return buf->data;
}

const char *show_defanged(const char *address)
{
	struct buf *buf = next_buf();

	for (; *address; address++) {
		if (*address == '.')
			buf_puts(buf, "[.]");
		else if (*address == ':')
			buf_puts(buf, "[:]");
		else
			buf_putc(buf, *address);
	}
	return buf->data;
}
