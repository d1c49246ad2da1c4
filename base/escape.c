/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * base/escape.c - makes hostile bytes safe to print on a terminal
 */
#include "base/escape.h"

#include <stdint.h>
#include <string.h>

#include "base/buf.h"

/* Writes the C notation of one byte; returns its length. */
static size_t escape_byte(uint8_t byte, char ret_text[static 4])
{
	static const char digits[] = "0123456789abcdef";
	static const char named[] = "\"\\\n\t\r", letters[] = "\"\\ntr";
	const char *name;

	if (byte >= 0x20 && byte < 0x7f && byte != '"' && byte != '\\') {
		ret_text[0] = (char)byte;
		return 1;
	}
	name = byte ? strchr(named, byte) : NULL;
	if (name) {
		ret_text[0] = '\\';
		ret_text[1] = letters[name - named];
		return 2;
	}
	ret_text[0] = '\\';
	ret_text[1] = 'x';
	ret_text[2] = digits[byte >> 4];
	ret_text[3] = digits[byte & 15];
	return 4;
}

void escape_put(struct buf *buf, const void *bytes, size_t len)
{
	const uint8_t *byte = bytes;
	char text[4];

	for (size_t i = 0; i < len; i++) {
		size_t before = buf->len;

		buf_put(buf, text, escape_byte(byte[i], text));
		/* A shorter byte after one that did not fit would leave a hole. */
		if (buf->len == before)
			return;
	}
}
