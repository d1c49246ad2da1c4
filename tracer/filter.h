/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/filter.h - the seccomp filter of a run: which calls stop, which cost nothing
 *
 * MUST test the architecture first: 203 is connect on aarch64 and setreuid32 on arm; an
 *      ABI that is neither the native one nor its 32-bit sister gets ENOSYS for every
 *      call.
 * MUST stop whenever it is in doubt: a call that stops needlessly costs 4 us, one that
 *      does not stop is not judged.
 * MUST NOT look at more than registers: memory changes after the look.
 */
#ifndef NETJAIL_TRACER_FILTER_H
#define NETJAIL_TRACER_FILTER_H

#include <linux/filter.h>
#include <stdbool.h>
#include <sys/types.h>

#include "base/cleanup.h"

struct filter {
	struct sock_filter *code; /* heap; filter_free */
	unsigned short len;
};

/* What stops beside the calls that always do. */
struct filter_options {
	bool all;     /* calls that name no end, so that they are shown */
	bool shows;   /* every network call, so that it is shown as strace does */
	bool listens; /* listen(2): a rule judges local addresses, or a log is kept */
	bool accepts; /* accept(2): a log is kept */
	/* every socket(2): a rule judges AF_UNIX or netlink as a family */
	bool sockets;
	/* Answer prctl(PR_SET_DUMPABLE, 0) with 0 and do nothing: a tracer without
	 * CAP_SYS_PTRACE could not read that process any more. */
	bool keep_dumpable;
	/* Something can be refused: the doors round the jail are watched. */
	bool enforces;
	bool peers;          /* a redirect is possible: what shows a peer stops */
	bool allow_io_uring; /* its calls run, unseen */
	/* netjail's own processes, the tracer first: calls that name them stop */
	pid_t self[2];
	/* Nothing else keeps signals inside: all calls stop that aim at a process, or
	 * name who is to get SIGIO. */
	bool signals;
	/* Of an attached netjail, whose death would set the program free: the process
	 * group of the second of them, which counts as itself; else 0, and when its
	 * leader is outside of our numbers */
	pid_t group;
};

/* Builds the filter for the native ABI and its 32-bit sister. 0 or -errno of
 * libseccomp. */
must_check int filter_build(const struct filter_options *options,
			    struct filter *ret_filter);
void filter_free(struct filter *filter);

#endif
