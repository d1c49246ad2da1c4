/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/harmless.h - the form of a call that does nothing and fails, by its registers
 */
#ifndef NETJAIL_TRACER_HARMLESS_H
#define NETJAIL_TRACER_HARMLESS_H

#include <stdint.h>

#include "arch/sysnr.h"

/* No table of descriptors goes so far (sysctl fs.nr_open); and no errno is so. */
#define HARMLESS_DESCRIPTOR INT32_MAX

struct harmless {
	unsigned arg;  /* the argument that spoils the call, and its value */
	int32_t value; /* a word of 64 bits has its sign */
	int error;     /* -errno that it ends with, unless others are as bad */
};

/* NULL: there is none, or the call is not known. */
const struct harmless *harmless_form(enum abi_id abi, enum sys_id id);

#endif
