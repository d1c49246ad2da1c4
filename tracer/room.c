/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/room.c - for a moment a program may have as much as its hard limits allow
 */
#include "tracer/room.h"

#include <assert.h>
#include <errno.h>

/* What descriptors and mappings count for; the last for mlockall(2) MCL_FUTURE. */
static const __rlimit_resource_t limits[] = {RLIMIT_NOFILE, RLIMIT_AS, RLIMIT_DATA,
					     RLIMIT_MEMLOCK};
static_assert(ARRAY_LEN(limits) == ROOM_LIMITS, "one place for each");

bool room_is_wanted(int64_t result)
{
	return result == -EMFILE || result == -ENFILE || result == -ENOMEM ||
	       result == -ENOBUFS || result == -EAGAIN;
}

bool room_make(struct room *ret_room, pid_t tid)
{
	bool made = false;

	*ret_room = (struct room){.tid = tid};
	for (unsigned i = 0; i < ROOM_LIMITS; i++) {
		struct rlimit *before = &ret_room->before[i], more;

		if (prlimit(tid, limits[i], NULL, before) < 0 ||
		    before->rlim_cur == before->rlim_max)
			continue;
		more = (struct rlimit){before->rlim_max, before->rlim_max};
		ret_room->raised[i] = prlimit(tid, limits[i], &more, NULL) == 0;
		made |= ret_room->raised[i];
	}
	return made;
}

void room_take_back(const struct room *room)
{
	for (unsigned i = 0; i < ROOM_LIMITS; i++) {
		const struct rlimit *before = &room->before[i];
		struct rlimit now;

		if (room->raised[i] && prlimit(room->tid, limits[i], NULL, &now) == 0 &&
		    now.rlim_cur == before->rlim_max && now.rlim_max == before->rlim_max)
			(void)prlimit(room->tid, limits[i], before, NULL);
	}
}
