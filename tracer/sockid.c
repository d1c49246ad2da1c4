/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/sockid.c - which socket a descriptor of a task is, asked of the kernel at the
 * call
 */
#include "tracer/sockid.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/closer.h"
#include "net/sockaddr.h"
#include "tracer/bell.h"
#include "tracer/proc.h"
#include "tracer/task.h"

#ifndef PIDFD_THREAD
#define PIDFD_THREAD O_EXCL /* <linux/pidfd.h>, Linux 6.9 */
#endif

/* Before Linux 6.9 a pidfd names a process: its leader's descriptors are the thread's
 * only while both share one table (clone(2) CLONE_FILES). */
static int open_leader(struct task *task)
{
	pid_t leader = task_pid(task);

	if (!proc_share_files(leader, task->tid))
		return -EPERM;
	task->pidfd = (int)syscall(SYS_pidfd_open, leader, 0);
	task->pidfd_once = leader != task->tid;
	return task->pidfd < 0 ? -errno : 0;
}

static int open_pidfd(struct task *task)
{
	task->pidfd = (int)syscall(SYS_pidfd_open, task->tid, PIDFD_THREAD);
	if (task->pidfd >= 0)
		return 0;
	return errno == EINVAL ? open_leader(task) : -errno;
}

int sockid_take(struct task *task, int fd)
{
	int dup;

	if (task->pidfd < 0) {
		int failed = open_pidfd(task);

		if (failed)
			return failed;
	}
	dup = (int)syscall(SYS_pidfd_getfd, task->pidfd, fd, 0);
	if (dup < 0)
		dup = -errno;
	if (task->pidfd_once) {
		close(task->pidfd);
		task->pidfd = -1;
	}
	return dup;
}

/* Only a file system may make a close wait: each close(2) asks it to write back what it
 * holds of the file (filp_flush in fs/open.c). The file system itself is not asked here,
 * it might not answer; that of memfd_create(2) is netjail's own too. */
static bool may_stall(int fd)
{
	static struct statx memory;
	struct statx file;

	if (!memory.stx_mask) {
		cleanup_fd int made = memfd_create("netjail", MFD_CLOEXEC);

		if (made < 0 || statx(made, "", AT_EMPTY_PATH, STATX_TYPE, &memory) < 0)
			memory.stx_mask = 0;
	}
	if (statx(fd, "", AT_EMPTY_PATH | AT_STATX_DONT_SYNC, STATX_TYPE, &file) < 0)
		return true;
	return S_ISREG(file.stx_mode) &&
	       !(memory.stx_mask && file.stx_dev_major == memory.stx_dev_major &&
		 file.stx_dev_minor == memory.stx_dev_minor);
}

static void drop_other(int fd)
{
	if (may_stall(fd))
		closer_close(fd);
	else
		close(fd);
}

void sockid_drop_socket(int sock)
{
	(void)bell_start();
	close(sock);
	bell_stop();
}

void sockid_drop(int sock)
{
	struct linger linger = {0};
	socklen_t len = sizeof(linger);

	if (getsockopt(sock, SOL_SOCKET, SO_LINGER, &linger, &len) != 0) {
		drop_other(sock);
		return;
	}
	if (linger.l_onoff && linger.l_linger)
		sockid_drop_socket(sock);
	else
		close(sock);
}

int sockid_kind(int sock, struct sockkind *ret_kind)
{
	struct sockkind kind;
	socklen_t len = sizeof(int);

	if (getsockopt(sock, SOL_SOCKET, SO_DOMAIN, &kind.domain, &len) < 0 ||
	    getsockopt(sock, SOL_SOCKET, SO_TYPE, &kind.type, &len) < 0 ||
	    getsockopt(sock, SOL_SOCKET, SO_PROTOCOL, &kind.protocol, &len) < 0)
		return -errno;
	*ret_kind = kind;
	return 0;
}

uint64_t sockid_cookie(int sock)
{
	uint64_t cookie = 0;
	socklen_t len = sizeof(cookie);

	return getsockopt(sock, SOL_SOCKET, SO_COOKIE, &cookie, &len) == 0 ? cookie : 0;
}

int sockid_local(int sock, struct endpoint *ret_end)
{
	struct sockaddr_storage storage;
	socklen_t len = sizeof(storage);

	if (getsockname(sock, (struct sockaddr *)&storage, &len) < 0)
		return -errno;
	return sockaddr_decode((const uint8_t *)&storage, len, ret_end);
}

int sockid_peer(int sock, struct endpoint *ret_end)
{
	struct sockaddr_storage storage;
	socklen_t len = sizeof(storage);

	if (getpeername(sock, (struct sockaddr *)&storage, &len) < 0)
		return -errno;
	return sockaddr_decode((const uint8_t *)&storage, len, ret_end);
}
