/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * base/cleanup.h - scope-exit attributes, ownership-taking helpers, compiler attributes
 */
#ifndef NETJAIL_BASE_CLEANUP_H
#define NETJAIL_BASE_CLEANUP_H

#include <stdlib.h>
#include <unistd.h>

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

#define must_check          __attribute__((warn_unused_result))
#define printf_format(f, a) __attribute__((format(printf, f, a)))

/* Closes the descriptor (unless -1) when the variable goes out of scope. */
#define cleanup_fd __attribute__((cleanup(cleanup_fd_)))
/* Frees the heap pointer (or NULL) when the variable goes out of scope. */
#define cleanup_free __attribute__((cleanup(cleanup_free_)))

static inline void cleanup_fd_(const int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

static inline void cleanup_free_(void *pointer)
{
	free(*(void **)pointer);
}

/* Hands the descriptor over to the caller; the variable no longer owns it. */
static inline int take_fd(int *fd)
{
	int taken = *fd;

	*fd = -1;
	return taken;
}

#endif
