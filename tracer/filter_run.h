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

/* The SECCOMP_RET_* value of the filter. What libseccomp does not write is answered with
 * SECCOMP_RET_TRACE: the call is looked at. */
must_check uint32_t filter_run(const struct filter *filter,
			       const struct seccomp_data *data);

/* How far number and architecture alone decide: true and the answer, the same whatever
 * the arguments are; or false and the instruction that loads the first of them, from
 * where filter_run_from goes on for every call of that number. */
must_check bool filter_run_number(const struct filter *filter,
				  const struct seccomp_data *data, uint32_t *ret_answer,
				  uint16_t *ret_from);
must_check uint32_t filter_run_from(const struct filter *filter,
				    const struct seccomp_data *data, uint16_t from);

#endif
