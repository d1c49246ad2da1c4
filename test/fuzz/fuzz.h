/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/fuzz/fuzz.h - what every fuzz target is made of
 */
#ifndef NETJAIL_TEST_FUZZ_FUZZ_H
#define NETJAIL_TEST_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* Called with each input, by libFuzzer or by replay.c; returns 0. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Ends the program when a property does not hold, so that the input is kept. */
#define FUZZ_CHECK(condition)                                                            \
	do {                                                                             \
		if (!(condition)) {                                                      \
			fprintf(stderr, "%s:%d: failed: %s\n", __FILE__, __LINE__,       \
				#condition);                                             \
			abort();                                                         \
		}                                                                        \
	} while (0)

#endif
