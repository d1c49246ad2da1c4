/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_digest.c - SHA-256 against known values, of bytes and of files
 */
#include "base/digest.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>

#include "test/unit/harness.h"

/* FIPS 180-4, and sha256sum(1). */
#define OF_NOTHING "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
#define OF_ABC     "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
#define OF_MILLION "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"

static const char *hex(const uint8_t digest[static DIGEST_LEN])
{
	static char text[DIGEST_HEX];

	digest_hex(digest, text);
	return text;
}

TEST(bytes)
{
	uint8_t digest[DIGEST_LEN];

	digest_bytes("", 0, digest);
	CHECK_STR(hex(digest), OF_NOTHING);
	digest_bytes("abc", 3, digest);
	CHECK_STR(hex(digest), OF_ABC);
}

TEST(files)
{
	static char million[1000000];
	uint8_t digest[DIGEST_LEN];
	int fd = memfd_create("digest", MFD_CLOEXEC);

	memset(million, 'a', sizeof(million));
	CHECK(write(fd, million, sizeof(million)) == sizeof(million));
	CHECK(digest_fd(fd, sizeof(million), digest) == 0);
	CHECK_STR(hex(digest), OF_MILLION);
	CHECK(lseek(fd, 5, SEEK_SET) == 5 && digest_fd(fd, UINT64_MAX, digest) == 0);
	CHECK_STR(hex(digest), OF_MILLION); /* wherever the descriptor stands */
	CHECK(digest_fd(fd, sizeof(million) - 1, digest) == -EFBIG);
	close(fd);
	CHECK(digest_fd(-1, 1, digest) == -EBADF);
}
