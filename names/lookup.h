/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * names/lookup.h - looks host names up, at the start and again and again, out of the way
 *
 * A process of its own asks the C library, which may take as long as it likes, and writes
 * what it hears into a pipe; a netjail that goes away takes it along.
 */
#ifndef NETJAIL_NAMES_LOOKUP_H
#define NETJAIL_NAMES_LOOKUP_H

#include <stddef.h>

#include "base/cleanup.h"

struct lookup;
struct names;

/* Names at most: each costs a question a minute. */
#define LOOKUP_NAMES_MAX 256

/* Begins to look up `asked_count` names and waits some seconds for the answers, which go
 * into `names`. Takes the names and their array over. NULL when no process can be had, or
 * there is no name. */
must_check struct lookup *lookup_start(char **names_asked, size_t asked_count,
				       struct names *names);

/* Puts the answers that have come since into `names`; never waits. Accepts NULL. */
void lookup_collect(struct lookup *lookup, struct names *names);

/* Ends the process. Accepts NULL. */
void lookup_end(struct lookup *lookup);

#endif
