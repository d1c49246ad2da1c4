/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/filter_run.h - asks a filter about a call as the kernel would, where the kernel
 * cannot be asked: in a program that was attached to
 */
#ifndef NETJAIL_TRACER_FILTER_RUN_H
#define NETJAIL_TRACER_FILTER_RUN_H

#include <linux/seccomp.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/cleanup.h"

struct filter;

/* The SECCOMP_RET_* value of the filter. *ret_by_number is set when it looked at number
 * and architecture alone, so that the answer is the same whatever the arguments are. What
 * libseccomp does not write is answered with SECCOMP_RET_TRACE: the call is looked at. */
must_check uint32_t filter_run(const struct filter *filter,
			       const struct seccomp_data *data, bool *ret_by_number);

#endif
