/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/harmless.c - which argument spoils which call
 *
 * MUST spoil a value, never a pointer: a 64-bit program that calls by int 0x80 can have
 * memory at 0xffffffff. MUST name a value that no flag of the call gives a meaning:
 * IORING_SETUP_CLAMP makes the most of too many entries, close_range(2) goes up to -1,
 * io_uring_register(2) knows -1 for no ring.
 */
#include "tracer/harmless.h"

#include <errno.h>
#include <stddef.h>

static const struct harmless forms[SYS_ID_NUM_] = {
	[SYS_ID_SOCKET] = {0, -1, -EAFNOSUPPORT},
	[SYS_ID_SOCKETPAIR] = {0, -1, -EAFNOSUPPORT},
	[SYS_ID_CONNECT] = {0, HARMLESS_DESCRIPTOR, -EBADF},
	[SYS_ID_BIND] = {0, HARMLESS_DESCRIPTOR, -EBADF},
	[SYS_ID_LISTEN] = {0, HARMLESS_DESCRIPTOR, -EBADF},
	[SYS_ID_ACCEPT] = {0, HARMLESS_DESCRIPTOR, -EBADF},
	[SYS_ID_ACCEPT4] = {0, HARMLESS_DESCRIPTOR, -EBADF},
	[SYS_ID_SENDTO] = {0, HARMLESS_DESCRIPTOR, -EBADF},
	[SYS_ID_SENDMSG] = {0, HARMLESS_DESCRIPTOR, -EBADF},
	[SYS_ID_SENDMMSG] = {0, HARMLESS_DESCRIPTOR, -EBADF},
	[SYS_ID_RECVFROM] = {0, HARMLESS_DESCRIPTOR, -EBADF},
	[SYS_ID_RECVMSG] = {0, HARMLESS_DESCRIPTOR, -EBADF},
	[SYS_ID_RECVMMSG] = {0, HARMLESS_DESCRIPTOR, -EBADF},
	[SYS_ID_RECVMMSG_TIME64] = {0, HARMLESS_DESCRIPTOR, -EBADF},
	[SYS_ID_SHUTDOWN] = {0, HARMLESS_DESCRIPTOR, -EBADF},
	[SYS_ID_GETSOCKNAME] = {0, HARMLESS_DESCRIPTOR, -EBADF},
	[SYS_ID_GETPEERNAME] = {0, HARMLESS_DESCRIPTOR, -EBADF},
	[SYS_ID_GETSOCKOPT] = {0, HARMLESS_DESCRIPTOR, -EBADF},
	[SYS_ID_SETSOCKOPT] = {0, HARMLESS_DESCRIPTOR, -EBADF},
	[SYS_ID_SOCKETCALL] = {0, -1, -EINVAL},    /* which call */
	[SYS_ID_IPC] = {0, -1, -ENOSYS},           /* the same */
	[SYS_ID_IO_URING_SETUP] = {0, 0, -EINVAL}, /* entries */
	[SYS_ID_IO_URING_ENTER] = {0, HARMLESS_DESCRIPTOR, -EBADF},
	[SYS_ID_IO_URING_REGISTER] = {0, HARMLESS_DESCRIPTOR, -EBADF},
	[SYS_ID_CLONE3] = {1, 0, -EINVAL},       /* size */
	[SYS_ID_UNSHARE] = {0, -1, -EINVAL},     /* flags */
	[SYS_ID_CLOSE_RANGE] = {2, -1, -EINVAL}, /* flags */
	[SYS_ID_SETNS] = {0, HARMLESS_DESCRIPTOR, -EBADF},
	[SYS_ID_BPF] = {0, -1, -EINVAL},         /* command */
	[SYS_ID_USERFAULTFD] = {0, -1, -EINVAL}, /* flags */
	[SYS_ID_SECCOMP] = {0, -1, -EINVAL},     /* operation */
	[SYS_ID_PRCTL] = {0, -1, -EINVAL},       /* the same */
	[SYS_ID_PTRACE] = {0, -1, -EIO},         /* request; ESRCH of others' */
	[SYS_ID_PROCESS_VM_WRITEV] = {0, -1, -ESRCH},
	[SYS_ID_PIDFD_OPEN] = {0, -1, -EINVAL},
	[SYS_ID_PIDFD_GETFD] = {0, HARMLESS_DESCRIPTOR, -EBADF},
	[SYS_ID_PIDFD_SEND_SIGNAL] = {0, HARMLESS_DESCRIPTOR, -EBADF},
	[SYS_ID_KILL] = {1, -1, -EINVAL}, /* signal: -1 is every process */
	[SYS_ID_TKILL] = {0, -1, -EINVAL},
	[SYS_ID_TGKILL] = {0, -1, -EINVAL},
	[SYS_ID_RT_SIGQUEUEINFO] = {0, -1, -ESRCH},
	[SYS_ID_RT_TGSIGQUEUEINFO] = {0, -1, -EINVAL},
	[SYS_ID_SETPGID] = {0, -1, -ESRCH},
	[SYS_ID_FCNTL] = {0, HARMLESS_DESCRIPTOR, -EBADF},
	[SYS_ID_FCNTL64] = {0, HARMLESS_DESCRIPTOR, -EBADF},
	[SYS_ID_IOCTL] = {0, HARMLESS_DESCRIPTOR, -EBADF},
	[SYS_ID_PRLIMIT64] = {0, -1, -ESRCH},
	[SYS_ID_SCHED_SETAFFINITY] = {0, -1, -ESRCH},
	[SYS_ID_SCHED_SETSCHEDULER] = {0, -1, -EINVAL},
	[SYS_ID_SCHED_SETPARAM] = {0, -1, -EINVAL},
	[SYS_ID_SCHED_SETATTR] = {0, -1, -EINVAL},
	[SYS_ID_SETPRIORITY] = {0, -1, -EINVAL},        /* which kind */
	[SYS_ID_IOPRIO_SET] = {0, -1, -EINVAL},         /* the same */
	[SYS_ID_REQUEST_KEY] = {3, INT32_MIN, -EINVAL}, /* keyring: -1 to -8 are known */
	[SYS_ID_MMAP] = {1, 0, -EINVAL},                /* length */
	[SYS_ID_MMAP2] = {1, 0, -EINVAL},
	[SYS_ID_MUNMAP] = {0, -1, -EINVAL}, /* not on a page */
	[SYS_ID_MREMAP] = {0, -1, -EINVAL},
	[SYS_ID_MSEAL] = {0, -1, -EINVAL},
	[SYS_ID_REMAP_FILE_PAGES] = {2, -1, -EINVAL}, /* protection */
	[SYS_ID_SHMAT] = {0, -1, -EINVAL},
	[SYS_ID_IO_DESTROY] = {0, -1, -EINVAL},
};

/* i386's first mmap has all of its arguments in memory. */
const struct harmless *harmless_form(enum abi_id abi, enum sys_id id)
{
	if (!forms[id].error || (abi == ABI_I386 && id == SYS_ID_MMAP))
		return NULL;
	return &forms[id];
}
