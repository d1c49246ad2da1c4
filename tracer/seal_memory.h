/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/seal_memory.h - the sealed memory of a run as tracer/seal and tracer/seal_map
 * know it
 */
#ifndef NETJAIL_TRACER_SEAL_MEMORY_H
#define NETJAIL_TRACER_SEAL_MEMORY_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "tracer/seal.h"

/* Calls in progress at one time: a thread that waits in AF_UNIX sendmsg(2) keeps its
 * slot. */
#define SLOTS     2048
#define SEAL_SIZE ((size_t)SLOTS * SEAL_SLOT_SIZE)

struct seal {
	int fd;    /* read-only: what programs are given */
	dev_t dev; /* of the memfd: how it is told from others in /proc/PID/maps */
	ino_t ino;
	uint8_t *bytes;
	int next; /* where the search for a free slot begins */
	bool taken[SLOTS];
};

/* What is looked for: the whole memory, at an address or at 0 for any, which the kernel
 * must call sealed or need not; or any part of it. */
struct seal_search {
	uint64_t at;
	bool sealed, part;
	uint64_t len; /* of what was found */
};

/* Where it is mapped into a task, whoever did that; 0: nowhere, or not as asked for. */
must_check uint64_t seal_find(const struct seal *seal, pid_t tid,
			      struct seal_search *search);

#endif
