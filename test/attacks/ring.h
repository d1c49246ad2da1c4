/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/ring.h - one io_uring, one request at a time
 */
#ifndef NETJAIL_TEST_RING_H
#define NETJAIL_TEST_RING_H

#include <linux/io_uring.h>
#include <sys/mman.h>

#include "door.h"

#define RING_NO_RESULT (-1000)

struct ring {
	int fd;
	struct io_uring_params params;
	uint8_t *sq, *cq;
	struct io_uring_sqe *sqes;
};

static inline unsigned *ring_word(uint8_t *base, unsigned offset)
{
	return (unsigned *)(void *)(base + offset);
}

static inline void ring_map(struct ring *ring)
{
	const struct io_uring_params *p = &ring->params;

	ring->sq = mmap(NULL, p->sq_off.array + p->sq_entries * sizeof(unsigned),
			PROT_READ | PROT_WRITE, MAP_SHARED, ring->fd, IORING_OFF_SQ_RING);
	ring->cq =
		mmap(NULL, p->cq_off.cqes + p->cq_entries * sizeof(struct io_uring_cqe),
		     PROT_READ | PROT_WRITE, MAP_SHARED, ring->fd, IORING_OFF_CQ_RING);
	ring->sqes = mmap(NULL, p->sq_entries * sizeof(struct io_uring_sqe),
			  PROT_READ | PROT_WRITE, MAP_SHARED, ring->fd, IORING_OFF_SQES);
	if (ring->sq == MAP_FAILED || ring->cq == MAP_FAILED || ring->sqes == MAP_FAILED)
		skip("mapping the ring");
}

/* Natively ENOSYS or EPERM means that this kernel has none. */
static inline struct ring ring_open(unsigned flags)
{
	struct ring ring = {.params = {.flags = flags, .sq_thread_idle = 1000}};

	ring.fd = (int)syscall(SYS_io_uring_setup, 8, &ring.params);
	if (ring.fd < 0)
		skip("io_uring_setup");
	ring_map(&ring);
	return ring;
}

/* Submits one request and waits for its result, two seconds at most. */
static inline int ring_run(struct ring *ring, const struct io_uring_sqe *sqe)
{
	const struct io_uring_params *p = &ring->params;
	unsigned *tail = ring_word(ring->sq, p->sq_off.tail);
	unsigned *head = ring_word(ring->cq, p->cq_off.head);
	unsigned mask = *ring_word(ring->sq, p->sq_off.ring_mask);
	struct io_uring_cqe *cqes = (void *)(ring->cq + p->cq_off.cqes);
	int result;

	ring->sqes[*tail & mask] = *sqe;
	ring_word(ring->sq, p->sq_off.array)[*tail & mask] = *tail & mask;
	__atomic_store_n(tail, *tail + 1, __ATOMIC_RELEASE);
	syscall(SYS_io_uring_enter, ring->fd, 1, 0, IORING_ENTER_SQ_WAKEUP, NULL, 0);
	for (int i = 0; i < 2000; i++) {
		if (*head != __atomic_load_n(ring_word(ring->cq, p->cq_off.tail),
					     __ATOMIC_ACQUIRE)) {
			result = cqes[*head & *ring_word(ring->cq, p->cq_off.ring_mask)]
					 .res;
			__atomic_store_n(head, *head + 1, __ATOMIC_RELEASE);
			printf("request %d: %d\n", sqe->opcode, result);
			return result;
		}
		usleep(1000);
	}
	return RING_NO_RESULT;
}

static inline void ring_connect(struct ring *ring, const struct endpoint *ep)
{
	struct io_uring_sqe sqe = {
		.opcode = IORING_OP_SOCKET, .fd = ep->sa.sa_family, .off = SOCK_STREAM};
	int fd = ring_run(ring, &sqe);

	if (fd < 0)
		fd = socket(ep->sa.sa_family, SOCK_STREAM, 0);
	sqe = (struct io_uring_sqe){.opcode = IORING_OP_CONNECT,
				    .fd = fd,
				    .addr = (uint64_t)(uintptr_t)ep,
				    .off = ep->len};
	ring_run(ring, &sqe);
	close(fd);
}

#endif
