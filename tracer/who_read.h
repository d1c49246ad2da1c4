/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/who_read.h - reads what /proc and the file say of a process, bounded
 */
#ifndef NETJAIL_TRACER_WHO_READ_H
#define NETJAIL_TRACER_WHO_READ_H

#include "audit/who.h"

struct hashes;
struct image;

/* A new image of what `pid` executes, with one reference. Arguments and script are those
 * of `known`, by which the rules decide; NULL: they are read. What cannot be read is
 * empty. */
struct who_image *who_read_image(pid_t pid, const struct image *known,
				 struct hashes **hashes);
void who_drop_image(struct who_image *image); /* accepts NULL */
void who_free_hashes(struct hashes **hashes);

/* The real user id; (uid_t)-1 when it cannot be read. */
must_check uid_t who_read_uid(pid_t pid);
/* The path of what a process executes, heap; "" when it cannot be read. */
must_check char *who_read_executable(pid_t pid);
/* CLOCK_REALTIME of so many ticks after boot. */
struct timespec who_time_of(uint64_t ticks);

#endif
