/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/seal.c - memory that a traced program can read and never change, for judged
 * bytes
 */
#include "tracer/seal.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>

#include "base/xalloc.h"
#include "tracer/call.h"
#include "tracer/inject.h"
#include "tracer/sockid.h"

#ifndef F_SEAL_FUTURE_WRITE
#define F_SEAL_FUTURE_WRITE 0x0010 /* <linux/fcntl.h>, Linux 5.1 */
#endif

/* Calls in progress at one time: a thread that waits in AF_UNIX sendmsg(2) keeps its
 * slot. */
#define SLOTS     4096
#define SEAL_SIZE ((size_t)SLOTS * SEAL_SLOT_SIZE)

struct seal {
	int fd;    /* read-only: what programs are given */
	dev_t dev; /* of the memfd: how it is told from others in /proc/PID/maps */
	ino_t ino;
	uint8_t *bytes;
	int next; /* where the search for a free slot begins */
	bool taken[SLOTS];
};

/* ---- our side ---- */

/* mseal(2) of nothing: ENOSYS before Linux 6.10. */
static int probe_mseal(void)
{
	return syscall(sysnr_nr(arch_native_abi(), SYS_ID_MSEAL), 0L, 0L, 0L) < 0 ? -errno
										  : 0;
}

static int open_memory(struct seal *seal)
{
	cleanup_fd int fd = memfd_create("netjail", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	char path[48];
	struct stat stat;

	if (fd < 0 || ftruncate(fd, (off_t)SEAL_SIZE) < 0 || fstat(fd, &stat) < 0)
		return -errno;
	seal->bytes = mmap(NULL, SEAL_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (seal->bytes == MAP_FAILED) {
		seal->bytes = NULL;
		return -errno;
	}
	if (fcntl(fd, F_ADD_SEALS,
		  F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_FUTURE_WRITE | F_SEAL_SEAL) < 0)
		return -errno;
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	seal->fd = open(path, O_RDONLY | O_CLOEXEC);
	seal->dev = stat.st_dev;
	seal->ino = stat.st_ino;
	return seal->fd < 0 ? -errno : 0;
}

struct seal *seal_new(int *ret_error)
{
	struct seal *seal = xcalloc(1, sizeof(*seal));
	int failed = probe_mseal();

	seal->fd = -1;
	if (!failed)
		failed = open_memory(seal);
	if (!failed)
		return seal;
	*ret_error = failed;
	seal_free(seal);
	return NULL;
}

void seal_free(struct seal *seal)
{
	if (!seal)
		return;
	if (seal->bytes)
		munmap(seal->bytes, SEAL_SIZE);
	if (seal->fd >= 0)
		close(seal->fd);
	free(seal);
}

int seal_take_slot(struct seal *seal)
{
	for (int i = 0; i < SLOTS; i++) {
		int slot = (seal->next + i) % SLOTS;

		if (!seal->taken[slot]) {
			seal->taken[slot] = true;
			seal->next = slot;
			return slot;
		}
	}
	return -1;
}

void seal_free_slot(struct seal *seal, int slot)
{
	seal->taken[slot] = false;
	seal->next = slot;
}

uint8_t *seal_slot(struct seal *seal, int slot)
{
	return seal->bytes + (size_t)slot * SEAL_SLOT_SIZE;
}

/* ---- the program's side ---- */

/* Looks for our memory among a task's mappings: shared, read-only, whole. 0 when it is
 * not there. */
static uint64_t find_mapping(const struct seal *seal, pid_t tid)
{
	char path[48], line[512];
	bool begins, ended = true;
	uint64_t found = 0;
	FILE *maps;

	snprintf(path, sizeof(path), "/proc/%d/maps", (int)tid);
	maps = fopen(path, "re");
	if (!maps)
		return 0;
	while (!found && fgets(line, sizeof(line), maps)) {
		uint64_t start, end, offset, ino;
		unsigned dev_major, dev_minor;
		char mode[5];

		/* A long path goes on in the next piece, with bytes of the program's
		 * choice that may look like a mapping. */
		begins = ended;
		ended = strchr(line, '\n');
		if (!begins)
			continue;
		/* NOLINTNEXTLINE(cert-err34-c): the kernel's own numbers */
		if (sscanf(line, "%" SCNx64 "-%" SCNx64 " %4s %" SCNx64 " %x:%x %" SCNu64,
			   &start, &end, mode, &offset, &dev_major, &dev_minor,
			   &ino) != 7)
			continue;
		if (ino == seal->ino && makedev(dev_major, dev_minor) == seal->dev &&
		    strcmp(mode, "r--s") == 0 && !offset && end - start == SEAL_SIZE)
			found = start;
	}
	fclose(maps);
	return found;
}

/* Threads of one process share its memory, and know where the mapping is from each
 * other. */
static uint64_t ask_siblings(const struct call *call)
{
	pid_t pid = task_pid(call->task);
	struct task *task, *next;

	HASH_ITER(hh, call->tracer->tasks.head, task, next)
	{
		if (task->tgid == pid && task->seal_at)
			return task->seal_at;
	}
	return 0;
}

uint64_t seal_address(const struct seal *seal, const struct call *call, int slot)
{
	struct task *task = call->task;

	if (!task->seal_at)
		task->seal_at = ask_siblings(call);
	if (!task->seal_at)
		task->seal_at = find_mapping(seal, task->tid);
	return task->seal_at ? task->seal_at + (uint64_t)slot * SEAL_SLOT_SIZE : 0;
}

/* What recvmsg(2) is given in the program's scratch page, in either word size. */
struct scratch {
	int pair[2];
	uint8_t header[64]; /* struct msghdr */
	uint8_t iov[16];
	uint8_t control[CMSG_SPACE(sizeof(int))];
	uint8_t byte;
};

static void put_word(uint8_t *at, size_t word, uint64_t value)
{
	memcpy(at, &value, word); /* both architectures are little-endian */
}

static void fill_scratch(struct scratch *scratch, uint64_t at, size_t word)
{
	memset(scratch, 0, sizeof(*scratch));
	put_word(scratch->iov, word, at + offsetof(struct scratch, byte));
	put_word(scratch->iov + word, word, 1);
	put_word(scratch->header + word * 2, word, at + offsetof(struct scratch, iov));
	put_word(scratch->header + word * 3, word, 1);
	put_word(scratch->header + word * 4, word,
		 at + offsetof(struct scratch, control));
	put_word(scratch->header + word * 5, word, sizeof(scratch->control));
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
	cleanup_fd int sock = sockid_take(task, program_fd);

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
	uint64_t receive_args[6] = {0, page + offsetof(struct scratch, header),
				    MSG_CMSG_CLOEXEC};
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
	if (!result)
		result = run(injection, SYS_ID_RECVMSG, receive_args);
	if (result >= 0 &&
	    mem_read(task->tid,
		     (struct remote){page + offsetof(struct scratch, control) + word + 8},
		     &fd, sizeof(fd)) != 0)
		result = -EFAULT;
	(void)run_close(injection, pair[0]);
	(void)run_close(injection, pair[1]);
	return result < 0 ? result : fd;
}

static int64_t map_sealed(struct injection *injection, int fd)
{
	int64_t at = run_mmap(injection, SEAL_SIZE, PROT_READ, MAP_SHARED, fd);
	uint64_t args[6] = {(uint64_t)at, SEAL_SIZE, 0};
	int64_t result = at < 0 && at > -4096 ? at : run(injection, SYS_ID_MSEAL, args);

	(void)run_close(injection, fd);
	return result;
}

static int64_t map_by_injection(const struct seal *seal, struct injection *injection,
				unsigned word)
{
	int64_t page = run_mmap(injection, sizeof(struct scratch), PROT_READ | PROT_WRITE,
				MAP_PRIVATE | MAP_ANONYMOUS, -1);
	uint64_t unmap[6] = {(uint64_t)page, sizeof(struct scratch)};
	int64_t result;

	if (page < 0 && page > -4096)
		return page;
	result = receive_descriptor(seal, injection, (uint64_t)page, word);
	if (result >= 0)
		result = map_sealed(injection, (int)result);
	(void)run(injection, SYS_ID_MUNMAP, unmap);
	return result;
}

int seal_map(struct seal *seal, struct call *call)
{
	struct injection injection;
	int64_t result;
	int failed = inject_begin(&injection, call->task, &call->arch);

	if (failed)
		return failed;
	call->ended = true;
	result = map_by_injection(seal, &injection, call->word);
	failed = inject_end(&injection);
	if (failed)
		return failed;
	call->task->seal_at = find_mapping(seal, call->task->tid);
	call->task->seal_failed = !call->task->seal_at;
	(void)result; /* what was mapped counts, not what the calls said */
	return 0;
}
