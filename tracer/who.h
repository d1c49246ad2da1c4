/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/who.h - learns which processes are under trace, once each, for the log
 *
 * What an exec brought is copied then and shared by all that are forked after it; a
 * program that rewrites its arguments later changes nothing. Hashes are made once a file
 * (device, inode, size, and times of change).
 *
 * Ownership: the table owns every process and image.
 */
#ifndef NETJAIL_TRACER_WHO_H
#define NETJAIL_TRACER_WHO_H

#include "audit/who.h"
#include "base/cleanup.h"

struct image;
struct who_table;

/* `run_id` makes entity ids of this run unlike those of others. */
must_check struct who_table *who_table_new(const char *run_id);
void who_table_free(struct who_table *table); /* accepts NULL */

/* `image` is what the process executes, where a task of it is known, else NULL. */

/* The process, learnt from /proc when it is not known yet; NULL when it is gone. */
must_check const struct who *who_get(struct who_table *table, pid_t pid,
				     const struct image *image);
/* The process if it is known already. */
must_check const struct who *who_known(const struct who_table *table, pid_t pid);
/* `child` was forked by a thread of `maker`: it executes the same. */
const struct who *who_forked(struct who_table *table, pid_t child, pid_t maker,
			     const struct image *image);
/* The process executes something else from now on. */
const struct who *who_execed(struct who_table *table, pid_t pid,
			     const struct image *image);
void who_gone(struct who_table *table, pid_t pid);

/* A copy that outlives the process; who_release frees it (and accepts NULL). */
must_check struct who *who_keep(const struct who *who);
void who_release(struct who *who);

#endif
