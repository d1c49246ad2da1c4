/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/fuzz/fuzz_hosts.c - any hosts file is read, and what is kept of it is a plain name
 */
#include <string.h>

#include "names/hosts.h"
#include "names/table.h"
#include "net/addr.h"
#include "test/fuzz/fuzz.h"

static void check_name(const struct names *names, const struct addr *addr)
{
	const char *name = names_lookup(names, addr);
	size_t len = name ? strlen(name) : 1;

	FUZZ_CHECK(len >= 1 && len <= NAMES_LEN_MAX);
	FUZZ_CHECK(!name ||
		   strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789._-") == len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data, *end = text + size, *line = text;
	struct names *names = names_new();

	hosts_parse(names, text, size);
	/* Whatever stands first on a line may have got a name. */
	while (line < end) {
		size_t len = 0;
		struct addr addr;

		while (line + len < end && !memchr(" \t\r\n#", line[len], 5))
			len++;
		if (addr_parse(line, len, &addr))
			check_name(names, &addr);
		line = memchr(line, '\n', (size_t)(end - line));
		line = line ? line + 1 : end;
	}
	names_free(names);
	return 0;
}
