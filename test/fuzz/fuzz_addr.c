/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/fuzz/fuzz_addr.c - what parses as an address or prefix prints as text that parses
 * to the same
 */
#include <errno.h>
#include <string.h>

#include "base/buf.h"
#include "net/addr.h"
#include "test/fuzz/fuzz.h"

static void check_addr(const struct addr *addr)
{
	char text[64];
	struct addr back;
	struct buf buf;

	buf_init(&buf, text, sizeof(text));
	addr_put(&buf, addr);
	FUZZ_CHECK(!buf.truncated);
	FUZZ_CHECK(addr_parse(text, buf.len, &back));
	FUZZ_CHECK(addr_equal(addr, &back) && back.scope_id == 0);
	FUZZ_CHECK(addr_scope_of(addr) < ADDR_SCOPE_NUM_);
}

static void check_prefix(const struct addr_prefix *prefix)
{
	char text[64];
	struct addr_prefix back;
	struct buf buf;

	buf_init(&buf, text, sizeof(text));
	addr_prefix_put(&buf, prefix);
	FUZZ_CHECK(!buf.truncated);
	FUZZ_CHECK(addr_prefix_parse(text, buf.len, &back) == 0);
	FUZZ_CHECK(addr_equal(&prefix->addr, &back.addr) && prefix->bits == back.bits);
	FUZZ_CHECK(addr_in_prefix(&prefix->addr, prefix));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data;
	struct addr_prefix prefix;
	struct addr addr;
	int error = addr_prefix_parse(text, size, &prefix);

	FUZZ_CHECK(error == 0 || error == -EINVAL || error == -EDOM);
	if (error != -EINVAL)
		check_prefix(&prefix);
	if (addr_parse(text, size, &addr)) {
		FUZZ_CHECK(error == 0);
		check_addr(&addr);
	}
	/* The same bytes as an address in binary. */
	if (size >= 4) {
		addr = addr_from_v4(data);
		check_addr(&addr);
	}
	if (size >= 16) {
		addr = addr_from_v6(data, 0);
		check_addr(&addr);
	}
	return 0;
}
