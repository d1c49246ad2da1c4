/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/report_write.h - the report as a page, as Markdown, as JSON; and its indicators
 */
#ifndef NETJAIL_AUDIT_REPORT_WRITE_H
#define NETJAIL_AUDIT_REPORT_WRITE_H

#include <stdbool.h>
#include <stdio.h>

#include "audit/report.h"
#include "audit/show.h"

/* 0 or -errno of writing. `names`: see audit/learn. */
must_check int report_write_html(FILE *out, const struct report *report, bool names);
must_check int report_write_markdown(FILE *out, const struct report *report, bool names);
must_check int report_write_json(FILE *out, const struct report *report, bool names);

/* audit/report_tail.c */
void report_html_tail(FILE *out, const struct report *report, bool names);

/* audit/indicators.c: addresses and hashes to hand on. Defanged but for STIX, which
 * machines read. */
void indicators_markdown(FILE *out, const struct report *report);
void indicators_csv(FILE *out, const struct report *report);
json_t *indicators_stix(const struct report *report);

/* True for a destination that is worth handing on: on the internet, by its address. */
must_check bool indicators_has(const struct report_dest *dest);

/* Counted by severity. */
void report_count_findings(const struct report *report,
			   unsigned ret_counts[static SEVERITY_NUM_]);

/* What the runs could not see, each line once, between `before` and `after`. */
void report_show_coverage(FILE *out, const struct report *report, enum show_as as,
			  const char *before, const char *after);

/* What a section without rows says: it was looked for, or could not be seen. */
#define REPORT_NONE_SEEN   "none seen"
#define REPORT_NOT_VISIBLE "not visible in this run"

#endif
