/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/strace/memory.c - texts and pointers of the program as strace(1) prints them
 */
#include <inttypes.h>
#include <string.h>

#include "audit/strace/parts.h"

static bool is_digit(uint8_t byte)
{
	return byte >= '0' && byte <= '9';
}

/* The shortest octal number that is not made longer by what follows. */
static void put_octal(struct buf *out, uint8_t byte, bool digit_follows)
{
	buf_printf(out, digit_follows ? "\\%03o" : "\\%o", byte);
}

void strace_put_quoted(struct buf *out, const uint8_t *bytes, size_t len)
{
	static const char named[] = "\"\\\t\n\v\f\r", letters[] = "\"\\tnvfr";

	buf_putc(out, '"');
	for (size_t i = 0; i < len; i++) {
		const char *found = bytes[i] ? strchr(named, bytes[i]) : NULL;

		if (found)
			buf_printf(out, "\\%c", letters[found - named]);
		else if (bytes[i] >= ' ' && bytes[i] < 0x7f)
			buf_putc(out, (char)bytes[i]);
		else
			put_octal(out, bytes[i], i + 1 < len && is_digit(bytes[i + 1]));
	}
	buf_putc(out, '"');
}

void strace_put_pointer(struct buf *out, uint64_t at)
{
	if (at)
		buf_printf(out, "%#" PRIx64, at);
	else
		buf_puts(out, "NULL");
}

void strace_put_payload(const struct strace *strace, uint64_t at, uint64_t len)
{
	uint8_t bytes[STRACE_MANY + 1] = {0};
	size_t taken = len < sizeof(bytes) ? (size_t)len : sizeof(bytes);

	if (!at || (taken && !strace->read(strace->context, at, bytes, taken))) {
		strace_put_pointer(strace->out, at);
		return;
	}
	strace_put_quoted(strace->out, bytes, taken < STRACE_MANY ? taken : STRACE_MANY);
	if (len > STRACE_MANY)
		buf_puts(strace->out, "...");
}

uint64_t strace_word(const uint8_t *bytes, unsigned word)
{
	uint32_t small;
	uint64_t large;

	if (word == sizeof(small)) {
		memcpy(&small, bytes, sizeof(small));
		return small;
	}
	memcpy(&large, bytes, sizeof(large));
	return large;
}
