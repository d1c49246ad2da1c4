/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/room.h - for a moment a program may have as much as its hard limits allow
 *
 * It could give itself as much at any time. A thread that changes a limit meanwhile keeps
 * what it has set.
 */
#ifndef NETJAIL_TRACER_ROOM_H
#define NETJAIL_TRACER_ROOM_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/types.h>

#include "base/cleanup.h"

#define ROOM_LIMITS 4

struct room {
	pid_t tid;
	struct rlimit before[ROOM_LIMITS];
	bool raised[ROOM_LIMITS];
};

/* True for an error that says that there was no room for a descriptor or for memory. */
must_check bool room_is_wanted(int64_t result);

/* False when nothing could be raised: the hard limits are the soft ones. */
must_check bool room_make(struct room *ret_room, pid_t tid);
void room_take_back(const struct room *room);

#endif
