/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * base/closer.c - closes descriptors whose close(2) may never end
 *
 * Theory of operation
 *   Problem:    FUSE_FLUSH or a dead NFS server makes a close wait so that not even
 *               SIGKILL ends it, and a process for each close costs a millisecond.
 *   Mechanism:  one process shares our descriptors (outside_share) and closes one after
 *               the other. One that does not come back is given up, and another started.
 *   Rejected:   a thread (netjail could not end); to ask which file system it is
 *               (statfs(2) asks that, and may wait; device numbers are used again).
 *   Invariants: a process that was given up MUST NOT touch a descriptor any more, its
 *               number may be another's: each step is an exchange of `state`.
 *   Midway:     it sees by a pidfd that we have ended. Killed by somebody it is one that
 *               does not come back.
 */
#include "base/closer.h"

#include <errno.h>
#include <linux/futex.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "base/outside.h"

enum state { IDLE, ASKED, CLOSING, GIVEN_UP };

/* Memory that is shared with one such process. */
struct errand {
	_Atomic uint32_t state;
	int fd;
};

/* How long a close is waited for, and a process that has not begun with it. */
#define CLOSE_NS 1000000
#define BEGIN_NS 100000000

static struct closer {
	struct errand *errand; /* of the process that is asked next; NULL: none */
	int bell;              /* eventfd(2) */
	int ours;              /* a pidfd of this process */
} closer = {NULL, -1, -1};

static bool move(struct errand *errand, uint32_t from, uint32_t to)
{
	return atomic_compare_exchange_strong(&errand->state, &from, to);
}

/* In the other process. */
static void serve(void *context)
{
	const struct closer *asked = context;
	struct errand *errand = asked->errand;
	struct pollfd ends[] = {{.fd = asked->bell, .events = POLLIN},
				{.fd = asked->ours, .events = POLLIN}};
	uint64_t rings;

	while (poll(ends, ARRAY_LEN(ends), -1) > 0 && !ends[1].revents) {
		if (atomic_load(&errand->state) == GIVEN_UP)
			return;
		(void)!read(asked->bell, &rings, sizeof(rings));
		if (!move(errand, ASKED, CLOSING))
			continue;
		close(errand->fd);
		if (!move(errand, CLOSING, IDLE))
			return;
		(void)syscall(SYS_futex, &errand->state, FUTEX_WAKE, 1, NULL, NULL, 0);
	}
}

static void close_alone(void *fd)
{
	close(*(const int *)fd);
}

/* While it stands in that state, for so long at most. */
static void wait_while(struct errand *errand, uint32_t state, long ns)
{
	const struct timespec limit = {.tv_nsec = ns};

	while (atomic_load(&errand->state) == state &&
	       (syscall(SYS_futex, &errand->state, FUTEX_WAIT, state, &limit, NULL, 0) ==
			0 ||
		errno == EINTR))
		;
}

static void give_up(struct errand *errand)
{
	if (atomic_exchange(&errand->state, GIVEN_UP) == ASKED)
		(void)!outside_share(close_alone, &errand->fd);
	munmap(errand, sizeof(*errand));
	closer.errand = NULL;
}

static bool start(void)
{
	void *memory;

	if (closer.bell < 0)
		closer.bell = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (closer.ours < 0)
		closer.ours = (int)syscall(SYS_pidfd_open, getpid(), 0);
	if (closer.bell < 0 || closer.ours < 0)
		return false;
	memory = mmap(NULL, sizeof(*closer.errand), PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (memory == MAP_FAILED)
		return false;
	closer.errand = memory;
	if (outside_share(serve, &closer) == 0)
		return true;
	give_up(closer.errand);
	return false;
}

void closer_close(int fd)
{
	static const uint64_t ring = 1;

	if (closer.errand && atomic_load(&closer.errand->state) != IDLE) {
		wait_while(closer.errand, ASKED, BEGIN_NS);
		wait_while(closer.errand, CLOSING, CLOSE_NS);
		if (atomic_load(&closer.errand->state) != IDLE)
			give_up(closer.errand);
	}
	if (!closer.errand && !start()) {
		(void)!outside_share(close_alone, &fd);
		return;
	}
	closer.errand->fd = fd;
	atomic_store(&closer.errand->state, ASKED);
	(void)!write(closer.bell, &ring, sizeof(ring));
	wait_while(closer.errand, ASKED, CLOSE_NS);
	wait_while(closer.errand, CLOSING, CLOSE_NS);
}
