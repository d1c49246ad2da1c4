/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * base/digest.h - SHA-256 of bytes and of files
 */
#ifndef NETJAIL_BASE_DIGEST_H
#define NETJAIL_BASE_DIGEST_H

#include <stddef.h>
#include <stdint.h>

#include "base/cleanup.h"

#define DIGEST_LEN 32
#define DIGEST_HEX (2 * DIGEST_LEN + 1) /* with the NUL */

void digest_bytes(const void *bytes, size_t len, uint8_t ret_digest[static DIGEST_LEN]);

/* From the descriptor's begin to the file's end, wherever it stands; 0 or -errno of
 * pread(2). Not more than `max` bytes: -EFBIG. */
must_check int digest_fd(int fd, uint64_t max, uint8_t ret_digest[static DIGEST_LEN]);

/* As small hexadecimal digits. */
void digest_hex(const uint8_t digest[static DIGEST_LEN],
		char ret_text[static DIGEST_HEX]);

#endif
