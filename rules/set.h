/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rules/set.h - named sets of host names and address prefixes, from lines and from files
 *
 *   set NAME ITEM...    set NAME file PATH
 *
 * A set file has one item a line: a domain (itself and all below), `.domain`, `*.domain`,
 * an address, a prefix, or a line of hosts(5), whose names count as they are.
 */
#ifndef NETJAIL_RULES_SET_H
#define NETJAIL_RULES_SET_H

#include <stdbool.h>

#include "base/cleanup.h"
#include "rules/diag.h"

struct ruleset;

/* Letters, digits, '-', '_' and '.'. */
must_check bool set_is_name(struct span name);

/* Remembers where a set was first used. `name` of the diag must live as the ruleset. */
void set_used(struct ruleset *set, int number, struct span at, const struct diag *diag);

/* Adds one item of a rule line. 0, or -EINVAL with the error filled. */
must_check int set_add_item(struct ruleset *set, int number, struct span item,
			    const struct diag *diag);

/* Adds the lines of a file's text; `name` is its path, for errors. */
must_check int set_add_text(struct ruleset *set, int number, struct span text,
			    const char *name, struct rule_error *ret_error);

/* 0, or -EINVAL when a set is used that nothing defines, with the error filled. */
must_check int set_check_all(const struct ruleset *set, struct rule_error *ret_error);

#endif
