/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * base/msg.h - netjail's own messages to the person: one line on standard error
 */
#ifndef NETJAIL_BASE_MSG_H
#define NETJAIL_BASE_MSG_H

#include <stdnoreturn.h>

#include "base/cleanup.h"

/* What netjail itself exits with (doc/: exit status). */
enum exit_status {
	EXIT_REFUSED =
		123, /* --strict: something was refused, the program ended with 0 */
	EXIT_NETJAIL_FAILED = 125, /* netjail failed before or around the program */
	EXIT_NOT_EXECUTABLE = 126, /* the program was found but could not be executed */
	EXIT_NOT_FOUND = 127,      /* the program was not found */
};

/* Prints "netjail: TEXT\n" in one write(2). */
void msg_print(const char *format, ...) printf_format(1, 2);

/* Prints as msg_print and exits with EXIT_NETJAIL_FAILED: only for cli/ and set-up. */
noreturn void msg_die(const char *format, ...) printf_format(1, 2);

#endif
