/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/learn.h - the shortest rules that allow what a report has seen, and no more
 */
#ifndef NETJAIL_AUDIT_LEARN_H
#define NETJAIL_AUDIT_LEARN_H

#include <stdbool.h>
#include <stdio.h>

#include "audit/report.h"

/* `names`: the rule language takes host names; else a known name is a comment. */
void learn_write(FILE *out, const struct report *report, bool names);

#endif
