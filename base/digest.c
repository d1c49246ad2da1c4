/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * base/digest.c - SHA-256 of bytes and of files, by nettle
 */
#include "base/digest.h"

#include <assert.h>
#include <errno.h>
#include <nettle/sha2.h>

#define READ_STEP (64 << 10)

static_assert(SHA256_DIGEST_SIZE == DIGEST_LEN, "a SHA-256");

void digest_bytes(const void *bytes, size_t len, uint8_t ret_digest[static DIGEST_LEN])
{
	struct sha256_ctx context;

	sha256_init(&context);
	sha256_update(&context, len, bytes);
	sha256_digest(&context, DIGEST_LEN, ret_digest);
}

int digest_fd(int fd, uint64_t max, uint8_t ret_digest[static DIGEST_LEN])
{
	cleanup_free uint8_t *step = malloc(READ_STEP);
	struct sha256_ctx context;
	uint64_t done = 0;

	if (!step)
		return -ENOMEM;
	sha256_init(&context);
	for (;;) {
		ssize_t got = pread(fd, step, READ_STEP, (off_t)done);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -errno;
		if (got == 0)
			break;
		done += (uint64_t)got;
		if (done > max)
			return -EFBIG;
		sha256_update(&context, (size_t)got, step);
	}
	sha256_digest(&context, DIGEST_LEN, ret_digest);
	return 0;
}

void digest_hex(const uint8_t digest[static DIGEST_LEN], char ret_text[static DIGEST_HEX])
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < DIGEST_LEN; i++) {
		ret_text[2 * i] = digits[digest[i] >> 4];
		ret_text[2 * i + 1] = digits[digest[i] & 15];
	}
	ret_text[DIGEST_HEX - 1] = 0;
}
