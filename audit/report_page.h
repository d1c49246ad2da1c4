/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/report_page.h - the look of the report's page: style and script, all in the file
 */
#ifndef NETJAIL_AUDIT_REPORT_PAGE_H
#define NETJAIL_AUDIT_REPORT_PAGE_H

#include <stdio.h>

/* From the doctype to the begin of the body. The Content-Security-Policy names the one
 * style and the one script by their hashes and forbids everything else. */
void report_page_begin(FILE *out);
void report_page_end(FILE *out);

#endif
