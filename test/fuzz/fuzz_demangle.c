/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/fuzz/fuzz_demangle.c - any name of a function is shown and cut; -ignore_timeouts=1, for some
 * take for ever, which audit/report_stack knows
 */
#include <string.h>

#include "audit/demangle.h"
#include "base/cleanup.h"
#include "base/xalloc.h"
#include "test/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	cleanup_free char *name = xstrndup((const char *)data, size);
	char text[240];

	demangle(name, text, sizeof(text));
	FUZZ_CHECK(strlen(text) < sizeof(text));
	return 0;
}
