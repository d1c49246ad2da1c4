/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/blocked/rings.c - io_pgetevents, io_uring_enter and futex_waitv
 */
#include "blocked.h"

#include <linux/io_uring.h>

#ifndef SYS_futex_waitv /* Linux 5.16 */
#define SYS_futex_waitv 449
#endif

long do_io_pgetevents(struct blocked *b)
{
	struct timespec t = limit();
	struct io_event event;

	return syscall(SYS_io_pgetevents, (aio_context_t)b->result, 1, 1, &event, &t,
		       NULL);
}

void make_ring(struct blocked *b)
{
	struct io_uring_params params = {0};

	b->fd = (int)syscall(SYS_io_uring_setup, 2, &params);
}

/* The limit of IORING_ENTER_EXT_ARG: io_uring_enter(2). */
long do_ring(struct blocked *b)
{
	struct timespec t = limit();
	struct {
		uint64_t mask;
		uint32_t mask_len, pad;
		uint64_t limit;
	} more = {.limit = (uintptr_t)&t};

	return syscall(SYS_io_uring_enter, b->fd, 0, 1, IORING_ENTER_GETEVENTS | 1U << 3,
		       &more, sizeof(more));
}

long do_futex_waitv(struct blocked *b)
{
	struct timespec t;
	struct {
		uint64_t value, address;
		uint32_t flags, reserved;
	} wanted = {.address = (uintptr_t)&b->futex, .flags = 2 /* of 32 bits */};

	clock_gettime(CLOCK_MONOTONIC, &t);
	t.tv_sec += LIMIT_S;
	return syscall(SYS_futex_waitv, &wanted, 1, 0, b->wake ? NULL : &t,
		       CLOCK_MONOTONIC);
}
