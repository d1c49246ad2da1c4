/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * base/msg.c - netjail's own messages to the person: one line on standard error
 */
#include "base/msg.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fdio.h"

/* PIPE_BUF: the line stays in one piece in a pipe that has other writers. */
#define MSG_MAX 4096

static void printf_format(1, 0) print(const char *format, va_list args)
{
	char line[MSG_MAX] = "netjail: ";
	size_t start = strlen(line), room = sizeof(line) - start - 1;
	int saved = errno, len = vsnprintf(line + start, room, format, args);
	size_t end = start;

	if (len > 0)
		end += (size_t)len < room ? (size_t)len : room - 1;
	line[end++] = '\n';
	/* Nobody is left to tell when standard error is closed. */
	(void)!fdio_write_all(STDERR_FILENO, line, end);
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
