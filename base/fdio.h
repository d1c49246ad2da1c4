/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * base/fdio.h - whole reads and writes that survive signals and odd files
 */
#ifndef NETJAIL_BASE_FDIO_H
#define NETJAIL_BASE_FDIO_H

#include <stddef.h>
#include <sys/stat.h>

#include "base/cleanup.h"

/* Reads a file of at most `max` bytes into a new heap block with a NUL after its end; the
 * caller frees *ret_data. Never hangs: a FIFO or pipe (a shell's <(...)) whose writer
 * says nothing for 2 seconds is -ETIMEDOUT. Errors: -errno of open and read, -EISDIR for
 * a directory, -EFBIG beyond `max`, -EINVAL for a block device or socket. */
must_check int fdio_read_file(const char *path, size_t max, char **ret_data,
			      size_t *ret_len);

/* The same, and says which file that was and who may write it. */
must_check int fdio_read_file_stat(const char *path, size_t max, char **ret_data,
				   size_t *ret_len, struct stat *ret_stat);

/* Reads a file of /proc (small, of unknown size) into `data`, NUL-terminated.
 * Returns the number of bytes, without the NUL, or -errno. What is beyond cap - 1 bytes
 * is left unread. */
must_check int fdio_read_small(const char *path, char *data, size_t cap);

/* Fills closed standard descriptors (0 to 2) with /dev/null, O_CLOEXEC: what netjail
 * opens must not get those numbers, and a program that it starts has them closed
 * again. */
void fdio_reserve_stdio(void);

/* Writes everything or returns -errno; retries on EINTR and after a short write, and
 * waits when somebody made the descriptor non-blocking. */
must_check int fdio_write_all(int fd, const void *data, size_t len);

#endif
