/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/mem.h - the only reader and writer of a traced program's memory
 *
 * MUST copy what a decision rests on once: whoever reads twice is raced by the program's
 * other threads. MUST treat memory that cannot be read as a fault, never as "no address".
 */
#ifndef NETJAIL_TRACER_MEM_H
#define NETJAIL_TRACER_MEM_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/cleanup.h"

/* An address in the traced program: a struct, so that it cannot be dereferenced here. */
struct remote {
	uint64_t value;
};

struct remote_span {
	struct remote start;
	size_t len;
};

/* All `len` bytes or nothing. 0, -EFAULT (not mapped, not readable), -EPERM (the kernel
 * forbids it: an executable we may not read), -ESRCH. A length of 0 reads nothing and
 * succeeds. */
must_check int mem_read(pid_t tid, struct remote from, void *to, size_t len);

/* The same, of a stopped tracee also where it is mapped for writing only. */
must_check int mem_read_forced(pid_t tid, struct remote from, void *to, size_t len);

/* The spans one after the other into `to`, which holds `cap` bytes; -EMSGSIZE when they
 * are more. Returns the bytes copied, or the errors of mem_read. */
must_check ssize_t mem_gather(pid_t tid, const struct remote_span *spans, size_t count,
			      void *to, size_t cap);

must_check int mem_write(pid_t tid, struct remote to, const void *from, size_t len);

#endif
