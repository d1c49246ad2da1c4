/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * base/buf.c - a bounded text builder over storage that the caller owns
 */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void buf_init(struct buf *buf, char *storage, size_t cap)
{
	*buf = (struct buf){.data = storage, .cap = cap};
	storage[0] = '\0';
}

void buf_put(struct buf *buf, const void *bytes, size_t len)
{
	if (len >= buf->cap - buf->len) {
		buf->truncated = true;
		return;
	}
	if (len)
		memcpy(buf->data + buf->len, bytes, len);
	buf->len += len;
	buf->data[buf->len] = '\0';
}

void buf_putc(struct buf *buf, char c)
{
	buf_put(buf, &c, 1);
}

void buf_puts(struct buf *buf, const char *text)
{
	buf_put(buf, text, strlen(text));
}

void buf_put_int(struct buf *buf, int64_t value)
{
	uint64_t rest = value < 0 ? -(uint64_t)value : (uint64_t)value;
	char text[20];
	size_t at = sizeof(text);

	do {
		text[--at] = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest);
	if (value < 0)
		text[--at] = '-';
	buf_put(buf, text + at, sizeof(text) - at);
}

void buf_printf(struct buf *buf, const char *format, ...)
{
	size_t space = buf->cap - buf->len;
	va_list args;
	int len;

	va_start(args, format);
	len = vsnprintf(buf->data + buf->len, space, format, args);
	va_end(args);
	if (len < 0 || (size_t)len >= space) {
		buf->data[buf->len] = '\0';
		buf->truncated = true;
		return;
	}
	buf->len += (size_t)len;
}
