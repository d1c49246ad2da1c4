/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * base/buf.h - a bounded text builder over storage that the caller owns
 *
 * Contract:  what does not fit is dropped whole and `truncated` is set; a shorter piece
 *            after it may fit again; the text is always NUL-terminated; no allocation.
 */
#ifndef NETJAIL_BASE_BUF_H
#define NETJAIL_BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/cleanup.h"

struct buf {
	char *data;
	size_t len; /* bytes of text, without the NUL */
	size_t cap; /* bytes of storage, with the NUL; at least 1 */
	bool truncated;
};

void buf_init(struct buf *buf, char *storage, size_t cap);
void buf_put(struct buf *buf, const void *bytes, size_t len);
void buf_putc(struct buf *buf, char c);
void buf_puts(struct buf *buf, const char *text);
/* In decimal, as "%" PRId64 has it, at less cost. */
void buf_put_int(struct buf *buf, int64_t value);
void buf_printf(struct buf *buf, const char *format, ...) printf_format(2, 3);

#endif
