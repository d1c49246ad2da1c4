/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * names/resolvers.c - the name servers of resolv.conf(5)
 */
#include "names/resolvers.h"

#include <string.h>

#include "base/fdio.h"

#define FILE_MAX ((size_t)1 << 20)

static size_t blanks(const char *text, const char *end)
{
	size_t count = 0;

	while (text + count < end && (text[count] == ' ' || text[count] == '\t'))
		count++;
	return count;
}

static bool parse_line(const char *line, const char *end, struct addr *ret_addr)
{
	static const char key[] = "nameserver";
	const char *word, *stop;

	if ((size_t)(end - line) < sizeof(key) || memcmp(line, key, sizeof(key) - 1) != 0)
		return false;
	word = line + sizeof(key) - 1;
	if (!blanks(word, end))
		return false;
	word += blanks(word, end);
	for (stop = word; stop < end && !strchr(" \t\r#;%", *stop); stop++)
		;
	return addr_parse(word, (size_t)(stop - word), ret_addr);
}

size_t resolvers_parse(const char *text, size_t len,
		       struct addr ret_addrs[static RESOLVERS_MAX])
{
	const char *end = text + len;
	size_t count = 0;

	while (text < end && count < RESOLVERS_MAX) {
		const char *stop = memchr(text, '\n', (size_t)(end - text));

		if (!stop)
			stop = end;
		count += parse_line(text, stop, &ret_addrs[count]);
		text = stop + 1;
	}
	return count;
}

size_t resolvers_load(const char *path, struct addr ret_addrs[static RESOLVERS_MAX])
{
	static const uint8_t loopback[4] = {127, 0, 0, 1};
	cleanup_free char *text = NULL;
	size_t len, count = 0;

	if (fdio_read_file(path, FILE_MAX, &text, &len) == 0)
		count = resolvers_parse(text, len, ret_addrs);
	if (count)
		return count;
	ret_addrs[0] = addr_from_v4(loopback);
	return 1;
}
