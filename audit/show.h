/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/show.h - writes hostile text into HTML, Markdown and CSV so that it stays text
 */
#ifndef NETJAIL_AUDIT_SHOW_H
#define NETJAIL_AUDIT_SHOW_H

#include <stddef.h>
#include <stdio.h>

enum show_as { SHOW_HTML = 0, SHOW_MARKDOWN, SHOW_CSV, SHOW_NUM_ };

/* Control characters, and those that turn or hide text (bidirectional marks, zero width),
 * become \u{XXXX}; what the format gives a meaning is escaped. Bytes that are no UTF-8
 * become \xHH. */
void show(FILE *out, enum show_as as, const char *text);
/* Where the text's end is not told by a NUL. */
void show_bytes(FILE *out, enum show_as as, const char *text, size_t len);

/* "2026-11-24 15:57:23" in UTC; "-" for 0. A static buffer, of four in turn. */
const char *show_time(double seconds);
/* "1.2 MB". The same. */
const char *show_size(double bytes);
/* "203[.]0[.]113[.]7": nobody clicks on it. The same. */
const char *show_defanged(const char *address);

#endif
