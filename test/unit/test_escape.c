/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_escape.c - every byte, alone and at the end of the room
 */
#include "base/escape.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/buf.h"
#include "test/unit/harness.h"

/* The rule of the header once more, the slow way. */
static void oracle(uint8_t byte, char text[static 8])
{
	if (byte == '"' || byte == '\\')
		snprintf(text, 8, "\\%c", byte);
	else if (byte == '\n' || byte == '\t' || byte == '\r')
		snprintf(text, 8, "\\%c", byte == '\n' ? 'n' : byte == '\t' ? 't' : 'r');
	else if (byte >= ' ' && byte <= '~')
		snprintf(text, 8, "%c", byte);
	else
		snprintf(text, 8, "\\x%02x", byte);
}

TEST(every_byte_at_every_capacity)
{
	for (unsigned byte = 0; byte < 256; byte++) {
		uint8_t *input = malloc(1);
		char want[8];

		*input = (uint8_t)byte;
		oracle(*input, want);
		for (size_t cap = 1; cap <= 6; cap++) {
			bool fits = strlen(want) < cap;
			struct buf buf;

			buf_init(&buf, malloc(cap), cap);
			escape_put(&buf, input, 1);
			CHECK_STR(buf.data, fits ? want : "");
			CHECK(buf.truncated == !fits);
			free(buf.data);
		}
		free(input);
	}
}

TEST(terminal_sequences_and_overrides)
{
	static const struct {
		const char *in, *want;
	} cases[] = {
	    {"", ""},
	    {"/run/x.sock", "/run/x.sock"},
	    {"\x1b[31mred\x07", "\\x1b[31mred\\x07"},
	    {"\xe2\x80\xae", "\\xe2\\x80\\xae"}, /* U+202E, right-to-left override */
	    {"\xc2\x9b"
	     "2J",
	     "\\xc2\\x9b2J"}, /* the C1 control sequence introducer */
	    {"a\nnetjail: b\r\t", "a\\nnetjail: b\\r\\t"},
	    {"\\x41 \"q\"", "\\\\x41 \\\"q\\\""},
	    {"\x7f", "\\x7f"},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		char text[64];
		struct buf buf;

		buf_init(&buf, text, sizeof(text));
		escape_put(&buf, cases[i].in, strlen(cases[i].in));
		CHECK_STR(text, cases[i].want);
		CHECK(!buf.truncated);
	}
}

TEST(cut_at_the_first_that_does_not_fit)
{
	char text[6];
	struct buf buf;

	buf_init(&buf, text, sizeof(text));
	escape_put(&buf,
		   "ab\x01"
		   "cd",
		   5);
	CHECK_STR(text, "ab");
	CHECK(buf.truncated);

	buf_init(&buf, text, sizeof(text));
	escape_put(&buf,
		   "a\x01"
		   "b",
		   3);
	CHECK_STR(text, "a\\x01");
	CHECK(buf.truncated);
}

TEST(nothing_at_all)
{
	char text[1];
	struct buf buf;

	buf_init(&buf, text, sizeof(text));
	escape_put(&buf, NULL, 0);
	CHECK(buf.len == 0 && !buf.truncated);
}
