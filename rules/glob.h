/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rules/glob.h - matches a whole text against a pattern with * and ?
 */
#ifndef NETJAIL_RULES_GLOB_H
#define NETJAIL_RULES_GLOB_H

#include <stdbool.h>

#include "base/cleanup.h"
#include "rules/lex.h"

/* '*' stands for any bytes, '/' and none included, '?' for any one byte, every other byte
 * for itself. Needs at most glob.len * text.len steps, whatever the pattern. */
must_check bool glob_match(struct span glob, struct span text);

#endif
