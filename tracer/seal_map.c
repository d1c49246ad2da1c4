/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/seal_map.c - brings the sealed memory into a program, and makes sure that it
 * stays
 *
 * MUST trust an address only when mseal(2) was made there by this file, or the kernel
 * says that it is sealed (smaps "sl"), and our memory is found there afterwards: a
 * program can map a descriptor that it has stolen from itself, and put its own pages over
 * that later.
 */
#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>

#include "tracer/call.h"
#include "tracer/guard.h"
#include "tracer/inject.h"
#include "tracer/outgoing.h"
#include "tracer/proc.h"
#include "tracer/room.h"
#include "tracer/seal_memory.h"
#include "tracer/sockid.h"
#include "tracer/spans.h"

/* Threads of one process share its memory, and know where the mapping is from each
 * other. */
static uint64_t ask_siblings(const struct call *call)
{
	pid_t pid = task_pid(call->task);
	struct task *task, *next;

	HASH_ITER(hh, call->tracer->tasks.head, task, next)
	{
		if (task->tgid == pid && task->seal_at && !task->seal_doubted)
			return task->seal_at;
	}
	return 0;
}

/* A 32-bit call of a 64-bit program takes the lower half of a pointer (int $0x80). */
static bool is_in_reach(const struct call *call, uint64_t at)
{
	return call->word > 4 || at + SEAL_SIZE <= UINT64_C(1) << 32;
}

uint64_t seal_address(const struct call *call, int slot)
{
	struct task *task = call->task;

	if (!task->seal_at)
		task->seal_at = ask_siblings(call);
	return task->seal_at && is_in_reach(call, task->seal_at)
		       ? task->seal_at + (uint64_t)slot * SEAL_SLOT_SIZE
		       : 0;
}

/* What recvmsg(2) is given in the program's scratch page, in either word size. */
struct scratch {
	int pair[2];
	uint8_t header[64]; /* struct msghdr */
	uint8_t iov[16];
	uint8_t control[CMSG_SPACE(sizeof(int))];
	uint8_t byte;
};

static void fill_scratch(struct scratch *scratch, uint64_t at, unsigned word)
{
	struct remote_span span = {{at + offsetof(struct scratch, byte)}, 1};
	struct message_header header = {.iov = at + offsetof(struct scratch, iov),
					.iov_count = 1,
					.control = at + offsetof(struct scratch, control),
					.control_len = sizeof(scratch->control)};

	memset(scratch, 0, sizeof(*scratch));
	/* What stands where the kernel writes no number, for want of one. */
	memset(scratch->control, 0xff, sizeof(scratch->control));
	message_span_encode(&span, word, scratch->iov);
	message_header_encode(&header, word, scratch->header);
}

/* Sends our read-only descriptor over one end of the program's new socket pair. */
static int send_descriptor(const struct seal *seal, struct task *task, int program_fd)
{
	_Alignas(struct cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {0};
	char byte = 0;
	struct iovec span = {&byte, 1};
	struct msghdr message = {.msg_iov = &span,
				 .msg_iovlen = 1,
				 .msg_control = control,
				 .msg_controllen = sizeof(control)};
	struct cmsghdr *head = CMSG_FIRSTHDR(&message);
	cleanup_sock int sock = sockid_take(task, program_fd);

	if (sock < 0)
		return sock;
	head->cmsg_level = SOL_SOCKET;
	head->cmsg_type = SCM_RIGHTS;
	head->cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(head), &seal->fd, sizeof(int));
	return sendmsg(sock, &message, MSG_DONTWAIT | MSG_NOSIGNAL) < 0 ? -errno : 0;
}

/* One injected call; its result, with a task that is gone told by -ESRCH. */
static int64_t run(struct injection *injection, enum sys_id id,
		   const uint64_t args[static 6])
{
	int failed;
	int64_t result = inject_call(injection, id, args, &failed);

	return failed ? -ESRCH : result;
}

static int64_t run_mmap(struct injection *injection, uint64_t len, int protection,
			int flags, int fd)
{
	uint64_t args[6] = {0, len, (uint64_t)protection, (uint64_t)flags, (uint32_t)fd,
			    0};
	bool has_mmap = sysnr_nr(injection->call->abi, SYS_ID_MMAP2) < 0;

	return run(injection, has_mmap ? SYS_ID_MMAP : SYS_ID_MMAP2, args);
}

static int64_t run_close(struct injection *injection, int fd)
{
	uint64_t args[6] = {(uint32_t)fd};

	return run(injection, SYS_ID_CLOSE, args);
}

/* The program receives the descriptor over a socket pair of its own; its number or
 * -errno. */
static int64_t receive_descriptor(const struct seal *seal, struct injection *injection,
				  uint64_t page, unsigned word)
{
	uint64_t pair_args[6] = {AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0, page};
	/* Another thread may have received it. */
	uint64_t receive_args[6] = {0, page + offsetof(struct scratch, header),
				    MSG_CMSG_CLOEXEC | MSG_DONTWAIT};
	struct task *task = injection->task;
	struct scratch scratch;
	int64_t result = run(injection, SYS_ID_SOCKETPAIR, pair_args);
	int pair[2], fd = -1;

	if (result < 0)
		return result;
	if (mem_read(task->tid, (struct remote){page}, pair, sizeof(pair)) != 0)
		return -EFAULT;
	fill_scratch(&scratch, page, word);
	receive_args[0] = (uint32_t)pair[1];
	result = send_descriptor(seal, task, pair[0]);
	if (!result)
		result = mem_write(task->tid, (struct remote){page}, &scratch,
				   sizeof(scratch));
	(void)run_close(injection, pair[0]); /* its number is free for what comes */
	if (!result)
		result = run(injection, SYS_ID_RECVMSG, receive_args);
	if (result >= 0 &&
	    mem_read(task->tid,
		     (struct remote){page + offsetof(struct scratch, control) + word + 8},
		     &fd, sizeof(fd)) != 0)
		result = -EFAULT;
	(void)run_close(injection, pair[1]);
	if (result >= 0 && fd < 0)
		result = -EMFILE;
	return result < 0 ? result : fd;
}

static void run_munmap(struct injection *injection, uint64_t at)
{
	uint64_t args[6] = {at, SEAL_SIZE};

	(void)run(injection, SYS_ID_MUNMAP, args);
}

static int64_t run_mseal(struct injection *injection, uint64_t at)
{
	uint64_t args[6] = {at, SEAL_SIZE, 0};

	return run(injection, SYS_ID_MSEAL, args);
}

/* A child has memory of its own, which is guarded by itself. */
static int64_t run_dontfork(struct injection *injection, uint64_t at)
{
	uint64_t args[6] = {at, SEAL_SIZE, MADV_DONTFORK};

	return run(injection, SYS_ID_MADVISE, args);
}

/* The address, when the memory is mapped there, and sealed or guarded. */
static int64_t map_sealed(struct injection *injection, int fd, bool guarded)
{
	int64_t at = run_mmap(injection, SEAL_SIZE, PROT_READ, MAP_SHARED, fd),
		sealed = 0;

	if (at > 0 || at < -4095)
		sealed = guarded ? run_dontfork(injection, (uint64_t)at)
				 : run_mseal(injection, (uint64_t)at);
	(void)run_close(injection, fd);
	if (sealed < 0)
		run_munmap(injection, (uint64_t)at);
	return sealed < 0 ? sealed : at;
}

/* brk(2) could take it away: the heap of a program that has exhausted all else, or has
 * moved its bounds, may have room for it. */
static bool is_in_heap(struct injection *injection, uint64_t at)
{
	const uint64_t args[6] = {0};
	uint64_t from = proc_heap(injection->task->tid);
	uint64_t end = (uint64_t)run(injection, SYS_ID_BRK, args);

	if (abi_get(injection->call->abi)->word == 4)
		end = (uint32_t)end;
	return spans_meet(&(struct span){from, end - from}, at, SEAL_SIZE) && from < end;
}

/* The address, when no call but those of tracer/guard can take it away. */
static int64_t keep_from_heap(struct injection *injection, int64_t at)
{
	if ((at < 0 && at > -4096) || !is_in_heap(injection, (uint64_t)at))
		return at;
	run_munmap(injection, (uint64_t)at);
	return -EPERM;
}

static int64_t map_by_injection(const struct call *call, struct injection *injection)
{
	const struct seal *seal = call->tracer->seal;
	int64_t page = run_mmap(injection, sizeof(struct scratch), PROT_READ | PROT_WRITE,
				MAP_PRIVATE | MAP_ANONYMOUS, -1);
	uint64_t unmap[6] = {(uint64_t)page, sizeof(struct scratch)};
	int64_t result;

	if (page < 0 && page > -4096)
		return page;
	result = receive_descriptor(seal, injection, (uint64_t)page, call->word);
	if (result >= 0)
		result = map_sealed(injection, (int)result, call->tracer->gate);
	if (call->tracer->gate)
		result = keep_from_heap(injection, result);
	(void)run(injection, SYS_ID_MUNMAP, unmap);
	return result;
}

/* Twice where that needs more than the program has left. */
static int64_t map_with_room(const struct call *call, struct injection *injection)
{
	int64_t at = map_by_injection(call, injection);
	struct room room;

	if (room_is_wanted(at) && room_make(&room, call->task->tid)) {
		at = map_by_injection(call, injection);
		room_take_back(&room);
	}
	return at;
}

/* A mapping that was there already: a fork's, inherited sealed, or one that the
 * program made itself. Sealed (again) by us, it is as good as one of ours. */
static int64_t seal_existing(struct injection *injection, uint64_t at)
{
	int64_t result = run_mseal(injection, at);

	return result < 0 ? result : (int64_t)at;
}

static bool has_own_filter(const struct call *call)
{
	return call->task->own_filter ||
	       proc_seccomp_filters(call->task->tid) != call->tracer->filters;
}

/* 0 and the address, at which our memory is to be looked for. */
static int64_t seal_by_injection(const struct seal *seal, struct call *call)
{
	/* Without mseal(2) one that the program has made is no better than none. */
	struct seal_search any = {.at = 0};
	uint64_t there = call->tracer->gate ? 0 : seal_find(seal, call->task->tid, &any);
	struct injection injection;
	int64_t at;
	int failed;

	if (!is_in_reach(call, there))
		return -EFAULT;
	failed = inject_begin(&injection, call->task, &call->arch);
	if (failed)
		return failed;
	call->ended = true;
	at = there ? seal_existing(&injection, there) : map_with_room(call, &injection);
	failed = inject_end(&injection);
	return failed ? failed : at;
}

static void note_outcome(struct task *task, int64_t result)
{
	task->seal_failed = !task->seal_at;
	task->seal_short = task->seal_failed && room_is_wanted(result);
}

bool seal_is_given_up(struct task *task)
{
	bool failed = task->seal_failed;

	if (task->seal_short)
		task->seal_failed = task->seal_short = false;
	return failed;
}

/* Guarded, not sealed. A filter of the program's own would see our calls, and might kill
 * for them. */
static int map_guarded(const struct seal *seal, struct call *call)
{
	struct task *task = call->task;
	struct seal_search search = {.sealed = false};
	int64_t result;

	if (task->own_filter)
		return -EPERM;
	/* It is out of reach; a second one would leave the first unguarded. */
	if (task->seal_at)
		return -EFAULT;
	if (guard_is_busy(call->tracer, task)) {
		call_retry(call);
		return 0;
	}
	result = seal_by_injection(seal, call);
	if (!call->ended)
		return (int)result;
	if (result > 0 || result < -4095) {
		search.at = (uint64_t)result;
		task->seal_at = seal_find(seal, task->tid, &search);
	}
	note_outcome(task, result);
	if (task->seal_at)
		guard_mapped(call->tracer, task);
	return 0;
}

int seal_map(struct seal *seal, struct call *call)
{
	struct task *task = call->task;
	/* With a filter of its own the program could answer mseal(2) itself: there
	 * only the kernel's word counts. */
	struct seal_search search = {.at = 0, .sealed = has_own_filter(call)};
	int64_t result;

	if (call->tracer->gate)
		return map_guarded(seal, call);
	if (search.sealed)
		task->seal_at = seal_find(seal, task->tid, &search);
	if (task->seal_at)
		return is_in_reach(call, task->seal_at) ? 0 : -EFAULT;
	result = seal_by_injection(seal, call);
	if (!call->ended)
		return (int)result;
	/* A filter that came meanwhile, by another thread, is never taken away again. */
	search.sealed |= has_own_filter(call);
	if (result > 0 || result < -4095) {
		search.at = (uint64_t)result;
		task->seal_at = seal_find(seal, task->tid, &search);
	}
	note_outcome(task, result);
	return 0;
}
