/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_buf.c - the text builder at and around its capacity
 */
#include "base/buf.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "test/unit/harness.h"

/* Storage of exactly `cap` bytes on the heap, so that ASan sees one byte too many. */
static struct buf heap_buf(size_t cap)
{
	struct buf buf;

	buf_init(&buf, malloc(cap), cap);
	return buf;
}

TEST(starts_empty)
{
	struct buf buf = heap_buf(1);

	CHECK(buf.len == 0 && buf.cap == 1 && !buf.truncated);
	CHECK_STR(buf.data, "");
	buf_put(&buf, NULL, 0);
	buf_puts(&buf, "");
	buf_printf(&buf, "%s", "");
	CHECK(!buf.truncated);
	buf_putc(&buf, 'x');
	CHECK(buf.truncated && buf.len == 0);
	CHECK_STR(buf.data, "");
	free(buf.data);
}

TEST(every_length_at_every_capacity)
{
	static const char text[] = "0123456789abcdef";

	for (size_t cap = 1; cap <= sizeof(text) + 1; cap++) {
		for (size_t len = 0; len < sizeof(text); len++) {
			struct buf put = heap_buf(cap), print = heap_buf(cap);
			bool fits = len < cap;

			buf_put(&put, text, len);
			buf_printf(&print, "%.*s", (int)len, text);
			CHECK(put.truncated == !fits && print.truncated == !fits);
			CHECK(put.len == (fits ? len : 0) && print.len == put.len);
			CHECK(strlen(put.data) == put.len &&
			      strlen(print.data) == put.len);
			CHECK(memcmp(put.data, text, put.len) == 0);
			free(put.data);
			free(print.data);
		}
	}
}

TEST(whole_numbers)
{
	static const int64_t values[] = {0,  1,   -1,        9,         10,       -10,
					 99, 100, INT32_MAX, INT32_MIN, INT64_MAX, INT64_MIN};
	char storage[64];

	for (size_t i = 0; i < ARRAY_LEN(values); i++) {
		char expected[32];
		struct buf buf;

		buf_init(&buf, storage, sizeof(storage));
		buf_put_int(&buf, values[i]);
		snprintf(expected, sizeof(expected), "%" PRId64, values[i]);
		CHECK_STR(buf.data, expected);
	}
}

TEST(what_does_not_fit_is_dropped_whole)
{
	struct buf buf = heap_buf(6);

	buf_puts(&buf, "ab");
	buf_puts(&buf, "cdef");
	CHECK(buf.truncated);
	CHECK_STR(buf.data, "ab");
	buf_printf(&buf, "%d", 12345);
	CHECK_STR(buf.data, "ab");
	buf_printf(&buf, "%d", 123);
	CHECK_STR(buf.data, "ab123");
	CHECK(buf.truncated && buf.len == 5);
	free(buf.data);
}

TEST(bytes_may_be_anything)
{
	struct buf buf = heap_buf(5);

	buf_put(&buf, "a\0b\xff", 4);
	CHECK(buf.len == 4 && memcmp(buf.data, "a\0b\xff", 5) == 0);
	free(buf.data);
}

TEST(enormous_length)
{
	struct buf buf = heap_buf(4);

	buf_put(&buf, "x", (size_t)-1 >> 1);
	CHECK(buf.truncated && buf.len == 0);
	buf_printf(&buf, "%1000000d", 1);
	CHECK(buf.len == 0);
	CHECK_STR(buf.data, "");
	free(buf.data);
}
