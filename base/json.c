/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * base/json.c - reads a JSON text in one pass and calls back for each scalar, no tree
 */
#include "base/json.h"

#include <stdint.h>
#include <string.h>

struct scan {
	const char *at, *end;
	char *scratch; /* where the next unescaped string goes */
	json_fn tell;
	void *context;
	char path[JSON_PATH_MAX];
	size_t path_len;
	unsigned depth;
};

struct piece {
	const char *text;
	size_t len;
};

static void skip_blanks(struct scan *scan)
{
	while (scan->at < scan->end && (*scan->at == ' ' || *scan->at == '\t' ||
					*scan->at == '\n' || *scan->at == '\r'))
		scan->at++;
}

static bool take(struct scan *scan, char c)
{
	skip_blanks(scan);
	if (scan->at == scan->end || *scan->at != c)
		return false;
	scan->at++;
	return true;
}

/* ---- strings ---- */

static bool take_hex(struct scan *scan, uint32_t *ret_unit)
{
	static const char digits[] = "0123456789abcdefABCDEF";
	uint32_t unit = 0;

	if (scan->end - scan->at < 4)
		return false;
	for (unsigned i = 0; i < 4; i++, scan->at++) {
		const char *digit = *scan->at ? strchr(digits, *scan->at) : NULL;

		if (!digit)
			return false;
		unit = unit << 4 | (uint32_t)(digit - digits < 16 ? digit - digits
								  : digit - digits - 6);
	}
	*ret_unit = unit;
	return true;
}

static void put_char(struct scan *scan, uint32_t code)
{
	uint8_t *to = (uint8_t *)scan->scratch;

	if (code < 0x80) {
		*to++ = (uint8_t)code;
	} else if (code < 0x800) {
		*to++ = (uint8_t)(0xc0 | code >> 6);
		*to++ = (uint8_t)(0x80 | (code & 0x3f));
	} else if (code < 0x10000) {
		*to++ = (uint8_t)(0xe0 | code >> 12);
		*to++ = (uint8_t)(0x80 | (code >> 6 & 0x3f));
		*to++ = (uint8_t)(0x80 | (code & 0x3f));
	} else {
		*to++ = (uint8_t)(0xf0 | code >> 18);
		*to++ = (uint8_t)(0x80 | (code >> 12 & 0x3f));
		*to++ = (uint8_t)(0x80 | (code >> 6 & 0x3f));
		*to++ = (uint8_t)(0x80 | (code & 0x3f));
	}
	scan->scratch = (char *)to;
}

/* \uXXXX: never longer unescaped than escaped, so that scratch is large enough. */
static bool take_unicode(struct scan *scan)
{
	uint32_t high, low;

	if (!take_hex(scan, &high) || (high >= 0xdc00 && high < 0xe000))
		return false;
	if (high >= 0xd800 && high < 0xdc00) {
		if (scan->end - scan->at < 6 || scan->at[0] != '\\' || scan->at[1] != 'u')
			return false;
		scan->at += 2;
		if (!take_hex(scan, &low) || low < 0xdc00 || low >= 0xe000)
			return false;
		high = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
	}
	put_char(scan, high);
	return true;
}

static bool take_escape(struct scan *scan)
{
	static const char names[] = "\"\\/bfnrt", bytes[] = "\"\\/\b\f\n\r\t";
	const char *name;

	if (scan->at == scan->end)
		return false;
	if (*scan->at == 'u') {
		scan->at++;
		return take_unicode(scan);
	}
	name = *scan->at ? strchr(names, *scan->at) : NULL;
	if (!name)
		return false;
	*scan->scratch++ = bytes[name - names];
	scan->at++;
	return true;
}

/* From the first backslash on. */
static bool unescape(struct scan *scan, const char *start, struct piece *ret_text)
{
	char *to = scan->scratch;
	size_t plain = (size_t)(scan->at - start);

	memcpy(to, start, plain);
	scan->scratch += plain;
	while (scan->at < scan->end && *scan->at != '"') {
		if ((unsigned char)*scan->at < 0x20)
			return false;
		if (*scan->at != '\\')
			*scan->scratch++ = *scan->at++;
		else if (scan->at++, !take_escape(scan))
			return false;
	}
	*ret_text = (struct piece){to, (size_t)(scan->scratch - to)};
	return scan->at++ < scan->end;
}

static bool take_string(struct scan *scan, struct piece *ret_text)
{
	const char *start;

	if (!take(scan, '"'))
		return false;
	start = scan->at;
	for (; scan->at < scan->end; scan->at++) {
		if (*scan->at == '\\')
			return unescape(scan, start, ret_text);
		if ((unsigned char)*scan->at < 0x20)
			return false;
		if (*scan->at == '"') {
			*ret_text = (struct piece){start, (size_t)(scan->at++ - start)};
			return true;
		}
	}
	return false;
}

/* ---- the other scalars ---- */

static size_t take_digits(struct scan *scan)
{
	const char *start = scan->at;

	while (scan->at < scan->end && *scan->at >= '0' && *scan->at <= '9')
		scan->at++;
	return (size_t)(scan->at - start);
}

static bool take_number(struct scan *scan)
{
	const char *start;

	if (*scan->at == '-')
		scan->at++;
	start = scan->at;
	if (!take_digits(scan) || (*start == '0' && scan->at - start > 1))
		return false;
	if (scan->at < scan->end && *scan->at == '.') {
		scan->at++;
		if (!take_digits(scan))
			return false;
	}
	if (scan->at < scan->end && (*scan->at | 0x20) == 'e') {
		scan->at++;
		if (scan->at < scan->end && (*scan->at == '+' || *scan->at == '-'))
			scan->at++;
		return take_digits(scan);
	}
	return true;
}

static bool take_word(struct scan *scan, const char *word)
{
	size_t len = strlen(word);

	if ((size_t)(scan->end - scan->at) < len || memcmp(scan->at, word, len) != 0)
		return false;
	scan->at += len;
	return true;
}

static void tell(struct scan *scan, enum json_type type, struct piece text)
{
	struct json_value value = {scan->path, scan->path_len, type, text.text, text.len};

	scan->tell(scan->context, &value);
}

static bool take_literal(struct scan *scan)
{
	const char *start = scan->at;
	enum json_type type = JSON_BOOL;

	if (*start == 'n' && take_word(scan, "null"))
		type = JSON_NULL_;
	else if (*start == '-' || (*start >= '0' && *start <= '9'))
		type = JSON_NUMBER;
	else if (scan->at == start && !take_word(scan, "true") &&
		 !take_word(scan, "false"))
		return false;
	if (type == JSON_NUMBER && !take_number(scan))
		return false;
	tell(scan, type, (struct piece){start, (size_t)(scan->at - start)});
	return true;
}

/* ---- objects and arrays ---- */

static bool take_value(struct scan *scan);

/* Names that do not fit are cut: no path that long is asked for. */
static size_t push_name(struct scan *scan, struct piece name)
{
	size_t before = scan->path_len, room = sizeof(scan->path) - before;

	if (before && room > 1) {
		scan->path[scan->path_len++] = '.';
		room--;
	}
	if (name.len > room)
		name.len = room;
	memcpy(scan->path + scan->path_len, name.text, name.len);
	scan->path_len += name.len;
	return before;
}

static bool take_member(struct scan *scan)
{
	struct piece name;
	size_t before;

	if (!take_string(scan, &name) || !take(scan, ':'))
		return false;
	before = push_name(scan, name);
	if (!take_value(scan))
		return false;
	scan->path_len = before;
	return true;
}

/* NOLINTNEXTLINE(misc-no-recursion): JSON_DEPTH bounds it */
static bool take_list(struct scan *scan, char end, bool (*item)(struct scan *))
{
	bool taken;

	if (++scan->depth > JSON_DEPTH)
		return false;
	scan->at++;
	if (!take(scan, end)) {
		do
			taken = item(scan);
		while (taken && take(scan, ','));
		if (!taken || !take(scan, end))
			return false;
	}
	scan->depth--;
	return true;
}

/* NOLINTNEXTLINE(misc-no-recursion): JSON_DEPTH bounds it */
static bool take_value(struct scan *scan)
{
	struct piece text;

	skip_blanks(scan);
	if (scan->at == scan->end)
		return false;
	switch (*scan->at) {
	case '{':
		return take_list(scan, '}', take_member);
	case '[':
		return take_list(scan, ']', take_value);
	case '"':
		if (!take_string(scan, &text))
			return false;
		tell(scan, JSON_TEXT, text);
		return true;
	default:
		return take_literal(scan);
	}
}

/* NOLINTNEXTLINE(readability-non-const-parameter): strings are put there */
bool json_scan(const char *text, size_t len, char *scratch, json_fn tell_, void *context)
{
	struct scan scan = {.at = text,
			    .end = text + len,
			    .scratch = scratch,
			    .tell = tell_,
			    .context = context};

	if (!take_value(&scan))
		return false;
	skip_blanks(&scan);
	return scan.at == scan.end;
}
