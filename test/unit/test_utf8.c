/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_utf8.c - valid characters stay, every other byte becomes \xHH
 */
#include "base/utf8.h"

#include "test/unit/harness.h"

static const char *put(const char *bytes, size_t len, size_t cap)
{
	static char text[256];

	CHECK(utf8_put(text, cap, bytes, len) == strlen(text) && strlen(text) < cap);
	return text;
}

TEST(table)
{
	/* RFC 3629: the edges of each length, and what lies beyond them */
	static const struct {
		const char *bytes, *text;
	} rows[] = {
		{"plain", "plain"},
		{"\x1b[31m\n\"\\", "\x1b[31m\n\"\\"},
		{"\x7f", "\x7f"},
		{"\xc2\x80", "\xc2\x80"},
		{"\xdf\xbf", "\xdf\xbf"},
		{"\xe0\xa0\x80", "\xe0\xa0\x80"},
		{"\xed\x9f\xbf", "\xed\x9f\xbf"},
		{"\xe2\x80\xae", "\xe2\x80\xae"},
		{"\xf0\x90\x80\x80", "\xf0\x90\x80\x80"},
		{"\xf4\x8f\xbf\xbf", "\xf4\x8f\xbf\xbf"},
		{"\x80", "\\x80"},
		{"a\xff"
		 "b",
		 "a\\xffb"},
		{"\xc0\x80", "\\xc0\\x80"},
		{"\xc1\xbf", "\\xc1\\xbf"},
		{"\xe0\x9f\xbf", "\\xe0\\x9f\\xbf"},
		{"\xed\xa0\x80", "\\xed\\xa0\\x80"},
		{"\xf0\x8f\xbf\xbf", "\\xf0\\x8f\\xbf\\xbf"},
		{"\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80"},
		{"\xe2\x80", "\\xe2\\x80"},
		{"\xc3(", "\\xc3("},
		{"\xf1\x80\x80(", "\\xf1\\x80\\x80("},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		CHECK_STR(put(rows[i].bytes, strlen(rows[i].bytes), 256), rows[i].text);
	CHECK_STR(put("a\0b", 3, 256), "a\\x00b");
}

TEST(cut_between_characters)
{
	CHECK_STR(put("ab\xc3\xa4", 4, 5), "ab\xc3\xa4");
	CHECK_STR(put("ab\xc3\xa4", 4, 4), "ab");
	CHECK_STR(put("ab\xff", 3, 6), "ab");
	CHECK_STR(put("abc", 3, 1), "");
}

/* Every pair of bytes: what comes out is valid whatever went in. */
TEST(all_pairs)
{
	unsigned bad = 0;

	for (unsigned pair = 0; pair < 0x10000; pair++) {
		uint8_t bytes[2] = {(uint8_t)(pair >> 8), (uint8_t)pair};
		char text[16];
		size_t len = utf8_put(text, sizeof(text), bytes, 2);

		for (size_t at = 0; at < len;) {
			size_t size = utf8_char((const uint8_t *)text + at, len - at);

			bad += !size;
			at += size ? size : 1;
		}
	}
	CHECK(!bad);
}
