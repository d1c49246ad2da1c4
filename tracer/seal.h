/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/seal.h - memory that a traced program can read and never change, for judged
 * bytes
 *
 * Theory of operation
 *   Problem:    calls that must run with the program's own identity (AF_UNIX shows who
 *               connects, netlink answers who asks) cannot be made by netjail, and the
 *               program's own memory can be changed between our look and the kernel's.
 *   Mechanism:  one memfd of netjail's, sealed against every later writable mapping, is
 *               mapped read-only into the program at its first such call (seal_map: calls
 *               of the program's own, made by tracer/inject) and mseal(2)ed there (Linux
 *               6.10). The bytes are copied into a slot, judged there, and the call's
 *               pointer is moved to the slot.
 *   Rejected:   the stack or heap of the program (a second thread writes there);
 *               verifying after the call (too late).
 *   Invariants: MUST be looked up in /proc/TID/maps after mseal, and again in every new
 *               process: madvise(2) MADV_DONTFORK leaves a hole in a child where it could
 *               map pages of its own.
 *               MUST NOT share a slot between two calls in progress.
 *   Midway:     a task that dies leaves its slot to task_settle; exec drops the mapping.
 */
#ifndef NETJAIL_TRACER_SEAL_H
#define NETJAIL_TRACER_SEAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/cleanup.h"

struct call;
struct seal;
struct task;

/* Header, name, and control data of 253 descriptors (SCM_MAX_FD) with credentials. */
#define SEAL_SLOT_SIZE 2048

/* The memory of a run, or NULL with *ret_error when the kernel has no memfd, or no
 * mseal(2), where nothing else holds the mapping (`guarded`: tracer/guard does). */
must_check struct seal *seal_new(bool guarded, int *ret_error);
void seal_free(struct seal *seal); /* accepts NULL */

/* A free slot, -1 when all are taken. */
must_check int seal_take_slot(struct seal *seal);
void seal_free_slot(struct seal *seal, int slot);
/* Where netjail writes a slot. */
must_check uint8_t *seal_slot(struct seal *seal, int slot);

/* Where slot `slot` is in the program that makes `call`. 0: not mapped yet (seal_map). */
must_check uint64_t seal_address(const struct call *call, int slot);

/* Brings the memory into the program that makes `call`. 0: it is there, or call->ended
 * says that the program makes its call again from the start and a new stop follows
 * (seal_is_given_up when that was in vain). -errno: it cannot be mapped here; the call
 * still stands. */
must_check int seal_map(struct seal *seal, struct call *call);

/* True when that was in vain. Where it was for want of room it is so for one call only:
 * the next one tries again. */
must_check bool seal_is_given_up(struct task *task);

#endif
