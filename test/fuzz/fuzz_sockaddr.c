/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/fuzz/fuzz_sockaddr.c - any sockaddr decodes or is refused, and prints as plain
 * ASCII
 */
#include <string.h>

#include "base/buf.h"
#include "net/endpoint.h"
#include "net/sockaddr.h"
#include "test/fuzz/fuzz.h"

/* Every byte of the longest sockaddr as \xHH, and the family. */
#define TEXT_MAX (4 * ENDPOINT_RAW_MAX + 32)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char text[TEXT_MAX];
	struct endpoint end;
	struct buf buf;

	if (sockaddr_decode(data, size, &end) < 0)
		return 0;
	FUZZ_CHECK(size >= 2 && size <= ENDPOINT_RAW_MAX && end.raw_len == size);
	FUZZ_CHECK(memcmp(&end.family, data, 2) == 0);

	buf_init(&buf, text, sizeof(text));
	endpoint_put(&buf, &end);
	FUZZ_CHECK(!buf.truncated && buf.len > 0 && strlen(text) == buf.len);
	for (size_t i = 0; i < buf.len; i++)
		FUZZ_CHECK(text[i] >= ' ' && text[i] <= '~');

	/* In less room the text is shorter, never longer or unended. */
	buf_init(&buf, text, 1 + size % 64);
	endpoint_put(&buf, &end);
	FUZZ_CHECK(buf.len <= size % 64 && strlen(text) == buf.len);
	return 0;
}
