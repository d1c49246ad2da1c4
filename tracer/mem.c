/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/mem.c - the only reader and writer of a traced program's memory
 */
#include "tracer/mem.h"

#include <errno.h>
#include <limits.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/uio.h>

/* Remote iovecs hold addresses of the other process; they are never followed here. */
static struct iovec remote_iovec(struct remote start, size_t len)
{
	return (struct iovec){(void *)(uintptr_t)start.value, len};
}

int mem_read(pid_t tid, struct remote from, void *to, size_t len)
{
	struct iovec local = {to, len}, remote = remote_iovec(from, len);
	ssize_t got;

	if (!len)
		return 0;
	got = process_vm_readv(tid, &local, 1, &remote, 1, 0);
	if (got < 0)
		return -errno;
	return (size_t)got == len ? 0 : -EFAULT;
}

int mem_read_forced(pid_t tid, struct remote from, void *to, size_t len)
{
	int failed = mem_read(tid, from, to, len);
	size_t skip, count;

	for (size_t at = 0; failed == -EFAULT && at < len; at += count) {
		long word;

		skip = (from.value + at) % sizeof(word);
		count = sizeof(word) - skip < len - at ? sizeof(word) - skip : len - at;
		errno = 0;
		word = ptrace(PTRACE_PEEKDATA, tid, from.value + at - skip, NULL);
		if (errno)
			return errno == EIO ? -EFAULT : -errno;
		memcpy((uint8_t *)to + at, (uint8_t *)&word + skip, count);
		if (at + count == len)
			failed = 0;
	}
	return failed;
}

ssize_t mem_gather(pid_t tid, const struct remote_span *spans, size_t count, void *to,
		   size_t cap)
{
	struct iovec remote[IOV_MAX], local = {to, 0};
	size_t used = 0;
	ssize_t got;

	for (size_t i = 0; i < count; i++) {
		if (spans[i].len > cap - local.iov_len)
			return -EMSGSIZE;
		if (!spans[i].len)
			continue;
		if (used == IOV_MAX)
			return -EMSGSIZE;
		remote[used++] = remote_iovec(spans[i].start, spans[i].len);
		local.iov_len += spans[i].len;
	}
	if (!local.iov_len)
		return 0;
	got = process_vm_readv(tid, &local, 1, remote, used, 0);
	if (got < 0)
		return -errno;
	return (size_t)got == local.iov_len ? got : -EFAULT;
}

int mem_write(pid_t tid, struct remote to, const void *from, size_t len)
{
	/* process_vm_writev only reads the local side; its iovec has no const. */
	struct iovec local = {(void *)(uintptr_t)from, len},
		     remote = remote_iovec(to, len);
	ssize_t put = process_vm_writev(tid, &local, 1, &remote, 1, 0);

	if (put < 0)
		return -errno;
	return (size_t)put == len ? 0 : -EFAULT;
}
