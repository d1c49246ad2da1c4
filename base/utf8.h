/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * base/utf8.h - makes hostile bytes text: valid UTF-8, for JSON
 */
#ifndef NETJAIL_BASE_UTF8_H
#define NETJAIL_BASE_UTF8_H

#include <stddef.h>
#include <stdint.h>

#include "base/cleanup.h"

/* Bytes of the UTF-8 character (RFC 3629) that begins at `bytes`, 0 when there is none: a
 * stray or missing continuation, an overlong form, a surrogate, beyond U+10FFFF. */
must_check size_t utf8_char(const uint8_t *bytes, size_t len);

/* `len` bytes as valid UTF-8 in at most `cap` bytes with the NUL: a byte that belongs to
 * no character, and NUL, becomes \xHH. Cut before the first character that does not fit.
 * Returns the length. */
size_t utf8_put(char *text, size_t cap, const void *bytes, size_t len);

#endif
