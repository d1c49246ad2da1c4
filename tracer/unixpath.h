/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/unixpath.h - AF_UNIX calls that netjail makes itself: the path as the program
 * sees it
 *
 * Only where the kernel has no mseal(2). The program has a root and a working directory
 * of its own, and a path is followed with its rights.
 */
#ifndef NETJAIL_TRACER_UNIXPATH_H
#define NETJAIL_TRACER_UNIXPATH_H

#include "tracer/request.h"

struct task;

/* Rewrites a pathname in the copy to one that means the same file in this process;
 * *ret_fd must stay open until the call has been made (-1: nothing had to be
 * rewritten). 0; -errno of following the path (openat2(2), Linux 5.6); -EPERM when the
 * task's rights are not netjail's. */
must_check int unixpath_translate(struct task *task, struct destination *dest,
				  int *ret_fd);

/* Binds `sock` to what `dest` names, with the task's working directory and umask, so that
 * getsockname(2) says what the program has asked for. 0: `*ret_result` is 0 or -errno of
 * bind(2); -EPERM when the task's rights or its root are not netjail's, or it may have
 * forbidden itself the path by Landlock. */
must_check int unixpath_bind(struct task *task, int sock, const struct destination *dest,
			     int *ret_result);

#endif
