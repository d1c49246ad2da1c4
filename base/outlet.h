/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * base/outlet.h - lines to a descriptor whose reader may have to wait for the writer
 *
 * Theory of operation
 *   Problem:    who reads netjail's trace may be a program that netjail holds at a stop,
 *               or somebody who waits for one (a terminal emulator): a write(2) that
 *               waits for room in a pipe would never return.
 *   Mechanism:  nothing waits for a reader longer than OUTLET_WAIT_MS. What is not in the
 *               kernel by then is kept, and a thread writes it, in order, while the
 *               program goes on.
 *   Rejected:   to look who holds the reading end: the reader may be three pipes away.
 *   Invariants: a kept line MUST NOT be lost but with netjail itself, or when
 *               OUTLET_KEEPS bytes wait: then outlet_put says so. With a reader that
 *               reads, a line is in the kernel when outlet_put returns.
 */
#ifndef NETJAIL_BASE_OUTLET_H
#define NETJAIL_BASE_OUTLET_H

#include <stddef.h>

#include "base/cleanup.h"

#define OUTLET_WAIT_MS 250
#define OUTLET_KEEPS   ((size_t)16 << 20)

struct outlet;

/* Never NULL. `fd` stays the caller's and open until outlet_free. */
must_check struct outlet *outlet_new(int fd);

/* 0: it is written, or kept; -errno: it is lost. */
must_check int outlet_put(struct outlet *outlet, const void *data, size_t len);

/* Waits until what is kept has been written, as long as it takes. */
void outlet_free(struct outlet *outlet);

/* A descriptor for the same pipe or terminal that never waits, which `fd` must not
 * become: others share it. -1 when there is none. */
must_check int outlet_unwaiting(int fd);

#endif
