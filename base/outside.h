/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * base/outside.h - a process of netjail's own for what may take its time: lookups,
 * questions
 */
#ifndef NETJAIL_BASE_OUTSIDE_H
#define NETJAIL_BASE_OUTSIDE_H

#include <stdbool.h>

#include "base/cleanup.h"

/* Runs `run(context, fd)` in a process that nobody may trace, that is nobody's child (a
 * tracer waits for all of its own), in which all signals are blocked and nothing is open
 * but `fd` (a pipe that is the program's output must end with the program). `terminal`:
 * it stays in the session, to reach its terminal. 0 or -errno. */
must_check int outside_start(void (*run)(void *context, int fd), void *context, int fd,
			     bool terminal);

/* Runs `run(context)`, which makes nothing but system calls, in such a process that
 * shares the descriptors of this one: it closes what may never be closed. 0 or -errno;
 * `context` is not needed after that. */
must_check int outside_share(void (*run)(void *context), void *context);

#endif
