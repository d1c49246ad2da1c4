/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/spans.h - what a call may unmap or cover, as its registers say
 */
#ifndef NETJAIL_TRACER_SPANS_H
#define NETJAIL_TRACER_SPANS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arch/sysnr.h"
#include "base/cleanup.h"

struct span {
	uint64_t from, len;
};

#define SPANS_MAX 2

/* What a call takes away, in the order of its arguments. How many; 0 for a call that
 * takes nothing away. */
must_check size_t spans_of(enum sys_id id, const uint64_t args[static 6],
			   struct span ret[static SPANS_MAX]);

/* The most that it may take away, where its registers do not say it all; 0 where they
 * do. */
must_check size_t spans_widest(enum sys_id id, const uint64_t args[static 6],
			       struct span ret[static SPANS_MAX]);

/* The kernel rounds outwards to whole pages: `at` and `len` are of whole ones, and what
 * begins where they end is somebody else's. */
must_check bool spans_meet(const struct span *span, uint64_t at, uint64_t len);

#endif
