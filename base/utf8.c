/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * base/utf8.c - makes hostile bytes text: valid UTF-8, for JSON
 */
#include "base/utf8.h"

#include <string.h>

/* What a first byte promises, and the range of the second (RFC 3629 section 4). */
static const struct lead {
	uint8_t from, to;  /* the first byte */
	uint8_t low, high; /* the second */
	uint8_t len;
} leads[] = {
	{0xc2, 0xdf, 0x80, 0xbf, 2}, {0xe0, 0xe0, 0xa0, 0xbf, 3},
	{0xe1, 0xec, 0x80, 0xbf, 3}, {0xed, 0xed, 0x80, 0x9f, 3},
	{0xee, 0xef, 0x80, 0xbf, 3}, {0xf0, 0xf0, 0x90, 0xbf, 4},
	{0xf1, 0xf3, 0x80, 0xbf, 4}, {0xf4, 0xf4, 0x80, 0x8f, 4},
};

static size_t follows(const struct lead *lead, const uint8_t *bytes, size_t len)
{
	if (len < lead->len || bytes[1] < lead->low || bytes[1] > lead->high)
		return 0;
	for (size_t i = 2; i < lead->len; i++)
		if ((bytes[i] & 0xc0) != 0x80)
			return 0;
	return lead->len;
}

size_t utf8_char(const uint8_t *bytes, size_t len)
{
	if (len && bytes[0] < 0x80)
		return 1;
	for (size_t i = 0; len && i < ARRAY_LEN(leads); i++)
		if (bytes[0] >= leads[i].from && bytes[0] <= leads[i].to)
			return follows(&leads[i], bytes, len);
	return 0;
}

size_t utf8_put(char *text, size_t cap, const void *bytes, size_t len)
{
	static const char digits[] = "0123456789abcdef";
	const uint8_t *from = bytes;
	size_t at = 0;

	for (size_t i = 0; i < len;) {
		size_t size = from[i] ? utf8_char(from + i, len - i) : 0;
		char escaped[4] = {'\\', 'x', digits[from[i] >> 4], digits[from[i] & 15]};
		size_t put = size ? size : sizeof(escaped);

		if (put >= cap - at)
			break;
		memcpy(text + at, size ? (const char *)from + i : escaped, put);
		at += put;
		i += size ? size : 1;
	}
	text[at] = 0;
	return at;
}
