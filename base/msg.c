/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * base/msg.c - netjail's own messages to the person: one line on standard error
 */
#include "base/msg.h"

#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fdio.h"
#include "base/outlet.h"

/* PIPE_BUF: the line stays in one piece in a pipe that has other writers. */
#define MSG_MAX 4096
/* For a reader that does not read: it may be one that waits for us (base/outlet). */
#define MSG_WAIT_MS 2000

/* Nobody is left to tell when standard error is closed. */
static void say(const char *line, size_t len)
{
	int quick = outlet_unwaiting(STDERR_FILENO);
	struct pollfd writable = {.fd = quick, .events = POLLOUT};

	if (quick < 0) {
		(void)!fdio_write_all(STDERR_FILENO, line, len);
		return;
	}
	while (len) {
		ssize_t put = write(quick, line, len);

		if (put > 0) {
			line += put;
			len -= (size_t)put;
		} else if (errno != EAGAIN || poll(&writable, 1, MSG_WAIT_MS) <= 0) {
			break;
		}
	}
	close(quick);
}

static void printf_format(1, 0) print(const char *format, va_list args)
{
	char line[MSG_MAX] = "netjail: ";
	size_t start = strlen(line), room = sizeof(line) - start - 1;
	int saved = errno, len = vsnprintf(line + start, room, format, args);
	size_t end = start;

	if (len > 0)
		end += (size_t)len < room ? (size_t)len : room - 1;
	line[end++] = '\n';
	say(line, end);
	errno = saved;
}

void msg_print(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	print(format, args);
	va_end(args);
}

void msg_die(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	print(format, args);
	va_end(args);
	exit(EXIT_NETJAIL_FAILED);
}
