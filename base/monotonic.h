/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * base/monotonic.h - time that only goes on (clock_gettime(2) CLOCK_MONOTONIC)
 */
#ifndef NETJAIL_BASE_MONOTONIC_H
#define NETJAIL_BASE_MONOTONIC_H

#include <stdint.h>

#include "base/cleanup.h"

/* Nanoseconds, and whole milliseconds. */
must_check int64_t monotonic_ns(void);
must_check int64_t monotonic_ms(void);

#endif
