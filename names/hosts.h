/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * names/hosts.h - reads the names that a hosts(5) file gives to addresses
 *
 * Contract:  the text is hostile and may be any length. Lines that hosts(5) does not
 *            allow are skipped; of several names on a line the first is the canonical
 *            one. 0.0.0.0 and :: get no name: block lists give them thousands.
 */
#ifndef NETJAIL_NAMES_HOSTS_H
#define NETJAIL_NAMES_HOSTS_H

#include <stddef.h>

#include "base/cleanup.h"

struct names;

#define HOSTS_FILE_MAX ((size_t)64 << 20)

/* Adds the names of a file. 0, or -errno when it cannot be read (-EFBIG beyond 64 MiB).
 */
must_check int hosts_load(struct names *names, const char *path);

/* Adds the names of `text`. */
void hosts_parse(struct names *names, const char *text, size_t len);

#endif
