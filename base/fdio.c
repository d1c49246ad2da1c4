/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * base/fdio.c - whole reads and writes that survive signals and odd files
 */
#include "base/fdio.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>
#include <time.h>

#define READ_TIMEOUT_S 2
#define READ_FIRST     4096

static int check_kind(const struct stat *st, size_t max)
{
	if (S_ISDIR(st->st_mode))
		return -EISDIR;
	if (S_ISBLK(st->st_mode) || S_ISSOCK(st->st_mode))
		return -EINVAL;
	if (S_ISREG(st->st_mode) && (uintmax_t)st->st_size > max)
		return -EFBIG;
	return 0;
}

/* One read that waits at most READ_TIMEOUT_S for something to come. A FIFO opened with
 * O_NONBLOCK and not yet written to polls as silent, not as ended (fs/pipe.c, fifo_open),
 * so a writer that is late is waited for too. */
static ssize_t read_timely(int fd, void *data, size_t len)
{
	static const struct timespec timeout = {.tv_sec = READ_TIMEOUT_S};
	struct pollfd readable = {.fd = fd, .events = POLLIN};
	sigset_t blocked;
	ssize_t got;

	/* A signal that keeps coming would start the time anew for ever. */
	sigfillset(&blocked);
	for (;;) {
		int ready = ppoll(&readable, 1, &timeout, &blocked);

		if (ready == 0)
			return -ETIMEDOUT;
		got = ready < 0 ? -1 : read(fd, data, len);
		if (got >= 0)
			return got;
		if (errno != EINTR && errno != EAGAIN)
			return -errno;
	}
}

/* Makes the block bigger, up to `max` bytes, a NUL, and the byte that shows an excess. */
static int grow(char **data, size_t *cap, size_t max)
{
	size_t limit = max < SIZE_MAX - 2 ? max + 2 : SIZE_MAX;
	size_t more = *cap ? (*cap < limit / 2 ? *cap * 2 : limit) : READ_FIRST;
	char *bigger;

	if (more > limit)
		more = limit;
	bigger = realloc(*data, more);
	if (!bigger)
		return -ENOMEM;
	*data = bigger;
	*cap = more;
	return 0;
}

static int read_all(int fd, size_t max, char **data, size_t *ret_len)
{
	size_t cap = 0, len = 0;

	for (;;) {
		ssize_t got;
		int error;

		if (len + 1 >= cap) {
			error = grow(data, &cap, max);
			if (error)
				return error;
		}
		got = read_timely(fd, *data + len, cap - len - 1);
		if (got < 0)
			return (int)got;
		if (got == 0)
			break;
		len += (size_t)got;
		if (len > max)
			return -EFBIG;
	}
	(*data)[len] = '\0';
	*ret_len = len;
	return 0;
}

int fdio_read_file(const char *path, size_t max, char **ret_data, size_t *ret_len)
{
	struct stat st;

	return fdio_read_file_stat(path, max, ret_data, ret_len, &st);
}

int fdio_read_file_stat(const char *path, size_t max, char **ret_data, size_t *ret_len,
			struct stat *ret_stat)
{
	/* O_NONBLOCK: the open of a FIFO without a writer would hang. */
	cleanup_fd int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	cleanup_free char *data = NULL;
	struct stat st;
	int error;

	if (fd < 0)
		return errno == ENXIO ? -EINVAL : -errno; /* ENXIO: a socket, open(2) */
	if (fstat(fd, &st) < 0)
		return -errno;
	error = check_kind(&st, max);
	if (error)
		return error;
	error = read_all(fd, max, &data, ret_len);
	if (error)
		return error;

	*ret_data = data;
	data = NULL;
	*ret_stat = st;
	return 0;
}

int fdio_read_small(const char *path, char *data, size_t cap)
{
	cleanup_fd int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	size_t len = 0;

	if (fd < 0)
		return -errno;
	while (len + 1 < cap) {
		ssize_t got = read(fd, data + len, cap - len - 1);

		if (got == 0)
			break;
		if (got > 0)
			len += (size_t)got;
		else if (errno != EINTR)
			return -errno;
	}
	data[len] = '\0';
	return (int)len;
}

int fdio_write_all(int fd, const void *data, size_t len)
{
	const char *rest = data;

	while (len) {
		ssize_t put = write(fd, rest, len);

		if (put > 0) {
			rest += put;
			len -= (size_t)put;
			continue;
		}
		if (put == 0)
			return -EIO;
		if (errno == EAGAIN) {
			/* The program may have made a terminal it shares with us
			 * non-blocking. */
			struct pollfd writable = {.fd = fd, .events = POLLOUT};

			if (poll(&writable, 1, -1) < 0 && errno != EINTR)
				return -errno;
			continue;
		}
		if (errno != EINTR)
			return -errno;
	}
	return 0;
}

void fdio_reserve_stdio(void)
{
	int fd;

	do
		fd = open("/dev/null", O_RDWR | O_CLOEXEC);
	while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd >= 0)
		close(fd);
}
