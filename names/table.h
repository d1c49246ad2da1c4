/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * names/table.h - what addresses are called: the names that were learnt for each
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
#define NAMES_MAX      1000000
#define NAMES_PER_ADDR 64  /* a list that gives one address thousands is not for us */
#define NAMES_LEN_MAX  253 /* RFC 1035 section 2.3.4, in text without the last dot */

must_check struct names *names_new(void);
void names_free(struct names *names); /* accepts NULL */

/* Keeps `name`, in small letters and without a dot at its end, for `addr` (brought to its
 * canonical form), after those that it has. 0; -EINVAL for a bad name or no address;
 * -ENOSPC when the table, or the address, has as many as it may; -ENOMEM. */
int names_add(struct names *names, const struct addr *addr, const char *name, size_t len);

/* The first name of an address, or NULL. Scope ids count for nothing. */
must_check const char *names_lookup(const struct names *names, const struct addr *addr);

/* All of them, at most `max`; returns how many. They live as the table. */
must_check unsigned names_all(const struct names *names, const struct addr *addr,
			      const char **ret_names, unsigned max);

/* Calls `found` for every address that has the name, in its one form. */
void names_addresses(const struct names *names, const char *name,
		     void (*found)(void *context, const struct addr *addr),
		     void *context);

#endif
