/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * names/resolvers.h - the name servers of resolv.conf(5)
 */
#ifndef NETJAIL_NAMES_RESOLVERS_H
#define NETJAIL_NAMES_RESOLVERS_H

#include <stddef.h>

#include "net/addr.h"

#define RESOLVERS_MAX 16

/* The addresses of the "nameserver" lines of a text; what does not parse is passed over.
 * Returns how many there are. */
must_check size_t resolvers_parse(const char *text, size_t len,
				  struct addr ret_addrs[static RESOLVERS_MAX]);

/* The same for a file; 127.0.0.1 when it cannot be read or names none, as resolv.conf(5)
 * says. */
must_check size_t resolvers_load(const char *path,
				 struct addr ret_addrs[static RESOLVERS_MAX]);

#endif
