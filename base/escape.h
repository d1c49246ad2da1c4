/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * base/escape.h - makes hostile bytes safe to print on a terminal
 */
#ifndef NETJAIL_BASE_ESCAPE_H
#define NETJAIL_BASE_ESCAPE_H

#include <stddef.h>

struct buf;

/* Appends `len` bytes in C notation: printable ASCII as it is, `"` and `\` with a
 * backslash, \n \t \r by name, everything else (control, DEL, every byte from 0x80: so no
 * terminal sequence and no bidirectional override survives) as \xHH.
 * What is put is cut before the first byte that does not fit. */
void escape_put(struct buf *buf, const void *bytes, size_t len);

#endif
