/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rules/target_ip.h - reads HOST[:PORTS][/PROTO]
 */
#ifndef NETJAIL_RULES_TARGET_IP_H
#define NETJAIL_RULES_TARGET_IP_H

#include <stdbool.h>

#include "base/cleanup.h"
#include "rules/target.h"

/* With `is_word` HOST is one of target_words, and the target already says what it means.
 * 0, or -EINVAL with the error filled; the target is then to be thrown away. */
must_check int target_ip_parse(struct span text, bool is_word, struct ruleset *set,
			       struct target *target, const struct diag *diag);

#endif
