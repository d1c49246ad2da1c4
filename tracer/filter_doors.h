/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/filter_doors.h - the filter's rules for calls that lead round the jail
 */
#ifndef NETJAIL_TRACER_FILTER_DOORS_H
#define NETJAIL_TRACER_FILTER_DOORS_H

#include <seccomp.h>
#include <stdbool.h>

#include "tracer/filter.h"

/* Adds them to a context of one ABI; `compat`: the 32-bit one, where libseccomp cannot
 * look at the arguments of socket calls. 0 or -errno. */
must_check int filter_add_doors(scmp_filter_ctx ctx, const struct filter_options *options,
				bool compat);

#endif
