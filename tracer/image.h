/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/image.h - what a task executes: read from /proc at the exec, before any of it
 * runs
 *
 * Ownership: counted. All that were forked or cloned since the exec share it; an image
 *            keeps what it needs of those that led to it.
 */
#ifndef NETJAIL_TRACER_IMAGE_H
#define NETJAIL_TRACER_IMAGE_H

#include <stdbool.h>
#include <sys/types.h>

#include "audit/event.h"
#include "rules/request.h"

/* An executable on the way to an image, shared by all that came of it. */
struct lineage {
	struct ancestor ancestor; /* first: what rules see */
	struct lineage *before;
	char *exe;
	unsigned refs, depth;
};

struct image {
	char name[EVENT_NAME_MAX];
	unsigned refs;
	pid_t pid;        /* that executed it */
	bool compat_told; /* a 32-bit call of a 64-bit program has been told */
	struct program program;
	char *exe, *script, *args;
	struct lineage *lineage; /* NULL: it is the first */
};

/* How many different executables may lead to one: what is deeper is not run. */
#define LINEAGE_MAX 1000

/* What `tid` executes now; `former` is what it executed before, NULL for the first. */
must_check struct image *image_read(pid_t tid, pid_t pid, const struct image *former);
struct image *image_share(struct image *image);
void image_drop(struct image *image); /* accepts NULL */

/* Pure: that argument of an interpreter holds the program's text, or names a module:
 * what it runs is no file. */
must_check bool image_is_inline(const char *exe, const char *arg);

/* More led to it than are kept. */
must_check bool image_is_too_deep(const struct image *image);

#endif
