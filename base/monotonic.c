/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * base/monotonic.c - time that only goes on
 */
#include "base/monotonic.h"

#include <time.h>

int64_t monotonic_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

int64_t monotonic_ms(void)
{
	return monotonic_ns() / 1000000;
}
