/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/spans.c - what a call may unmap or cover, as its registers say
 */
#include "tracer/spans.h"

#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/shm.h>

#include "base/cleanup.h"

#define IPC_SHMAT 21 /* <linux/ipc.h> SHMAT */

/* A ring of asynchronous input and output has at most so many bytes (fs/aio.c
 * ioctx_alloc). */
#define AIO_RING_MAX (UINT64_C(1) << 29)
#define EVERYTHING                                                                       \
	(struct span)                                                                    \
	{                                                                                \
		0, UINT64_MAX                                                            \
	}

/* What grows covers nothing: it moves, or fails (mm/mremap.c vma_expandable). */
static size_t mremap_spans(const uint64_t args[static 6],
			   struct span ret[static SPANS_MAX])
{
	ret[0] = (struct span){args[0], args[1]};
	ret[1] = (struct span){args[4], args[2]};
	return (args[3] & MREMAP_FIXED) ? 2 : 1;
}

/* With them brk(2) can take away what is no heap (kernel/sys.c prctl_set_mm). */
static bool moves_heap(const uint64_t args[static 6])
{
	uint32_t what = (uint32_t)args[1];

	return (uint32_t)args[0] == PR_SET_MM &&
	       (what == PR_SET_MM_START_BRK || what == PR_SET_MM_BRK ||
		what == PR_SET_MM_END_DATA || what == PR_SET_MM_MAP);
}

size_t spans_of(enum sys_id id, const uint64_t args[static 6],
		struct span ret[static SPANS_MAX])
{
	ret[0] = (struct span){args[0], args[1]};
	switch ((unsigned)id) {
	case SYS_ID_MUNMAP:
	case SYS_ID_MSEAL: /* for ever */
	case SYS_ID_REMAP_FILE_PAGES:
		return 1;
	case SYS_ID_MMAP:
	case SYS_ID_MMAP2:
		return (args[3] & MAP_FIXED) ? 1 : 0;
	case SYS_ID_MREMAP:
		return mremap_spans(args, ret);
	case SYS_ID_SHMAT: /* how big the segment is, is not said */
		ret[0] = EVERYTHING;
		return (args[2] & SHM_REMAP) ? 1 : 0;
	case SYS_ID_IPC:
		ret[0] = EVERYTHING;
		return (args[0] & 0xffff) == IPC_SHMAT && (args[2] & SHM_REMAP) ? 1 : 0;
	case SYS_ID_PRCTL:
		ret[0] = EVERYTHING;
		return moves_heap(args) ? 1 : 0;
	default:
		return 0;
	}
}

/* The kernel rounds the length up to a huge page where it maps, or moves, those, and
 * takes no address but the beginning of one (mm/mmap.c ksys_mmap_pgoff, mm/mremap.c). */
static void stretch(struct span *span)
{
	/* of x86_64 and arm64 (Documentation/admin-guide/mm/hugetlbpage.rst) */
	static const unsigned shifts[] = {34, 30, 29, 25, 21, 16};

	for (size_t i = 0; i < ARRAY_LEN(shifts); i++) {
		uint64_t mask = (UINT64_C(1) << shifts[i]) - 1;

		if (span->from & mask)
			continue;
		span->len = span->len > UINT64_MAX - mask ? UINT64_MAX
							  : (span->len + mask) & ~mask;
		return;
	}
}

size_t spans_widest(enum sys_id id, const uint64_t args[static 6],
		    struct span ret[static SPANS_MAX])
{
	bool memory = (args[3] & MAP_ANONYMOUS) && !(args[3] & MAP_HUGETLB);
	size_t count = 0;

	if (id == SYS_ID_IO_DESTROY) {
		ret[0] = (struct span){args[0], AIO_RING_MAX};
		return 1;
	}
	if (id == SYS_ID_MREMAP || ((id == SYS_ID_MMAP || id == SYS_ID_MMAP2) && !memory))
		count = spans_of(id, args, ret);
	for (size_t i = 0; i < count; i++)
		stretch(&ret[i]);
	return count;
}

/* The kernel takes a tag out of the top byte of an address (arm64), or the bits 57 to 62
 * (x86 LAM): no address of a program reaches up there. */
#define ADDRESS_MASK ((UINT64_C(1) << 56) - 1)

bool spans_meet(const struct span *span, uint64_t at, uint64_t len)
{
	uint64_t from = span->from & ADDRESS_MASK, end = at + len,
		 last = from + span->len;

	if (last < from) /* over the top */
		last = UINT64_MAX;
	return from < end && last > at;
}
