/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rules/format.h - a rule written down again: what is read from that is the same rule
 */
#ifndef NETJAIL_RULES_FORMAT_H
#define NETJAIL_RULES_FORMAT_H

#include <stddef.h>

struct buf;
struct ruleset;
struct target;

/* Appends one target, as it may stand in a rule. */
void format_target(struct buf *buf, const struct ruleset *set,
		   const struct target *target);

/* Appends the rule of that number in its shortest spelling, without a newline. */
void format_rule(struct buf *buf, const struct ruleset *set, size_t number);

#endif
