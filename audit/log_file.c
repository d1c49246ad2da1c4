/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/log_file.c - lines of JSON that are numbered and chained, and in the kernel when
 * told
 */
#include "audit/log_file.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>

#include "audit/ecs_put.h"
#include "base/msg.h"
#include "base/outlet.h"

int log_file_open(const char *path, int *ret_fd)
{
	cleanup_fd int fd =
		open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY, 0600);
	struct stat st;

	if (fd < 0 || fstat(fd, &st) < 0)
		return -errno;
	/* A device such as /dev/null holds no chain that another run could cut. */
	if (!S_ISCHR(st.st_mode) && flock(fd, LOCK_EX | LOCK_NB) < 0 &&
	    errno == EWOULDBLOCK)
		return -EWOULDBLOCK;
	*ret_fd = take_fd(&fd);
	return 0;
}

void log_file_init(struct log_file *log, int fd, bool keeps)
{
	struct stat st;

	*log = (struct log_file){.fd = fd, .quick = -1};
	log->cuts = fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
	if (keeps && !log->cuts)
		log->outlet = outlet_new(fd);
	memset(log->chain, '0', sizeof(log->chain) - 1);
}

void log_file_done(struct log_file *log)
{
	if (log->outlet)
		outlet_free(log->outlet);
	if (log->quick >= 0)
		close(log->quick);
	free(log->rest);
	log->rest = NULL;
}

/* Writes what it can; how much, and in *ret_error why not all. */
static size_t write_some(const struct log_file *log, const char *data, size_t len,
			 int *ret_error)
{
	int fd = log->quick >= 0 ? log->quick : log->fd;
	size_t done = 0;

	*ret_error = log->outlet ? outlet_put(log->outlet, data, len) : 0;
	if (log->outlet)
		return *ret_error ? 0 : len;
	while (done < len) {
		ssize_t put = write(fd, data + done, len - done);
		struct pollfd writable = {.fd = fd, .events = POLLOUT};

		if (put > 0) {
			done += (size_t)put;
		} else if (put < 0 && errno == EAGAIN) {
			int ready = poll(&writable, 1, LOG_FILE_WAIT_MS);

			if (ready == 0)
				errno = EAGAIN;
			if (ready == 0 || (ready < 0 && errno != EINTR))
				break;
		} else if (put == 0 || errno != EINTR) {
			break;
		}
	}
	if (done < len)
		*ret_error = errno ? -errno : -EIO;
	return done;
}

/* A line that was written in part, and could not be cut off, is finished first. */
static int write_rest(struct log_file *log)
{
	int error;
	size_t put;

	if (!log->rest)
		return 0;
	put = write_some(log, log->rest, log->rest_len, &error);
	log->rest_len -= put;
	memmove(log->rest, log->rest + put, log->rest_len);
	if (error)
		return error;
	free(log->rest);
	log->rest = NULL;
	return 0;
}

/* True when the line counts as written: all of it is, or its rest is kept. */
static bool write_line(struct log_file *log, const char *line, size_t len, int *ret_error)
{
	off_t start = log->cuts ? lseek(log->fd, 0, SEEK_END) : 0;
	size_t put = write_some(log, line, len, ret_error);

	if (!*ret_error)
		return true;
	if (!put || (log->cuts && start >= 0 && ftruncate(log->fd, start) == 0))
		return false;
	log->rest = malloc(len - put);
	if (!log->rest)
		msg_die("out of memory for the log");
	memcpy(log->rest, line + put, len - put);
	log->rest_len = len - put;
	return true;
}

static char *dump(json_t *root)
{
	char *line = json_dumps(root, JSON_COMPACT);

	json_decref(root);
	if (!line)
		msg_die("out of memory for the log");
	return line;
}

int log_file_put(struct log_file *log, json_t *root)
{
	uint8_t digest[DIGEST_LEN];
	char *line;
	size_t len;
	int error;

	/* Not before: netjail forks until then, and this one alone is to have it. */
	if (!log->begun && !log->outlet)
		log->quick = outlet_unwaiting(log->fd);
	log->begun = true;
	error = write_rest(log);
	ecs_put_number(root, "event.sequence", (int64_t)log->sequence);
	ecs_put_text(root, "netjail.chain", log->chain);
	if (log->lost_untold)
		ecs_put_number(root, "netjail.lost", (int64_t)log->lost_untold);
	line = dump(root);
	len = strlen(line);
	digest_bytes(line, len, digest);
	line[len] = '\n'; /* over the NUL */
	if (!error && write_line(log, line, len + 1, &error)) {
		log->sequence++;
		log->lost_untold = 0;
		digest_hex(digest, log->chain);
	}
	free(line);
	if (error) {
		log->lost++;
		log->lost_untold++;
	}
	return error;
}
