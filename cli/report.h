/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * cli/report.h - writes a report from logs; shared by `report`, `learn` and trace
 */
#ifndef NETJAIL_CLI_REPORT_H
#define NETJAIL_CLI_REPORT_H

#include <sys/types.h>

#include "base/cleanup.h"

/* The page of a log that is open, from there on: for trace --report. 0 or -errno. */
must_check int report_of_log(int fd, off_t from, const char *path);

#endif
