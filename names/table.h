/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * names/table.h - what addresses are called: the first name that was learnt for each
 *
 * Contract:  names are hostile (a DNS answer, a hosts file) and are stored only when they
 *            hold nothing but letters, digits, '.', '_' and '-'.
 * Errors:    an error changes nothing.
 * Ownership: the table owns its names, until names_free.
 */
#ifndef NETJAIL_NAMES_TABLE_H
#define NETJAIL_NAMES_TABLE_H

#include <stddef.h>

#include "base/cleanup.h"

struct addr;
struct names;

/* Addresses at most: bounds what a hostile file can make us keep. */
#define NAMES_MAX     1000000
#define NAMES_LEN_MAX 253 /* RFC 1035 section 2.3.4, in text without the last dot */

must_check struct names *names_new(void);
void names_free(struct names *names); /* accepts NULL */

/* Keeps `name`, in small letters, for `addr` (brought to its canonical form); an address
 * that has a name already keeps that one. 0; -EINVAL for a bad name or no address;
 * -ENOSPC when the table is full; -ENOMEM. */
int names_add(struct names *names, const struct addr *addr, const char *name, size_t len);

/* The name of an address, or NULL. Scope ids count for nothing. */
must_check const char *names_lookup(const struct names *names, const struct addr *addr);

#endif
