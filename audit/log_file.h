/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/log_file.h - lines of JSON that are numbered and chained, and in the kernel when
 * told
 *
 * MUST have a line in the kernel (write(2) returned) before it says so: what happens next
 *      is a call that takes effect.
 * MUST NOT leave half a line: a reader would take the log for broken. What was written of
 *      a line that does not fit is cut off again, or finished first where that cannot be
 *      (a pipe).
 * MUST NOT number a line that was not written: a gap in event.sequence is an event that
 *      somebody took out.
 */
#ifndef NETJAIL_AUDIT_LOG_FILE_H
#define NETJAIL_AUDIT_LOG_FILE_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/cleanup.h"
#include "base/digest.h"

#define LOG_FILE_WAIT_MS 1000

struct outlet;

struct log_file {
	int fd;
	int quick; /* outlet_unwaiting(fd), opened at the first line; -1: none */
	struct outlet *outlet; /* of a log that calls do not wait for, or NULL */
	bool begun;
	bool cuts; /* a regular file: ftruncate(2) takes half a line away */
	uint64_t sequence;
	uint64_t lost;          /* lines that could not be written, all in all */
	uint64_t lost_untold;   /* since the last line that could */
	char chain[DIGEST_HEX]; /* of the line before */
	char *rest;             /* of a line that could not be cut off, or NULL */
	size_t rest_len;
};

/* Opens a log to append to, and locks it: two runs would break each other's chains. 0;
 * -EWOULDBLOCK when another run writes it; -errno of open(2). */
must_check int log_file_open(const char *path, int *ret_fd);

/* With `keeps` a line that its reader has no room for is kept, and counts as written;
 * else it is an error: -EAGAIN after LOG_FILE_WAIT_MS. */
void log_file_init(struct log_file *log, int fd, bool keeps);
void log_file_done(struct log_file *log);

/* Gives the object event.sequence and netjail.chain and writes it as a line. 0, or -errno
 * of write(2): then nothing of it is in the file. Takes `root` over. */
must_check int log_file_put(struct log_file *log, json_t *root);

#endif
