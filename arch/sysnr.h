/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * arch/sysnr.h - the system calls netjail cares about and their number in each ABI
 */
#ifndef NETJAIL_ARCH_SYSNR_H
#define NETJAIL_ARCH_SYSNR_H

#include <stdint.h>

#include "arch/abi.h"

enum sys_id {
	SYS_ID_OTHER = 0, /* a call netjail has no row for */
	SYS_ID_SOCKET,
	SYS_ID_SOCKETPAIR,
	SYS_ID_CONNECT,
	SYS_ID_BIND,
	SYS_ID_LISTEN,
	SYS_ID_ACCEPT,
	SYS_ID_ACCEPT4,
	SYS_ID_SENDTO,
	SYS_ID_SENDMSG,
	SYS_ID_SENDMMSG,
	SYS_ID_SHUTDOWN,
	SYS_ID_GETSOCKNAME,
	SYS_ID_GETPEERNAME,
	SYS_ID_SOCKETCALL, /* i386: multiplexer of the above, socketcall(2) */
	SYS_ID_POLL,
	SYS_ID_PPOLL,
	SYS_ID_WRITEV,
	SYS_ID_IO_URING_SETUP,
	SYS_ID_IO_URING_ENTER,
	SYS_ID_IO_URING_REGISTER,
	SYS_ID_SETSOCKOPT,
	SYS_ID_CLONE,
	SYS_ID_CLONE3,
	SYS_ID_UNSHARE,
	SYS_ID_SETNS,
	SYS_ID_BPF,
	SYS_ID_USERFAULTFD,
	SYS_ID_SECCOMP,
	SYS_ID_PTRACE,
	SYS_ID_PROCESS_VM_WRITEV,
	SYS_ID_PIDFD_OPEN,
	SYS_ID_PIDFD_GETFD,
	SYS_ID_KILL,
	SYS_ID_SETPGID,
	SYS_ID_FCNTL,
	SYS_ID_FCNTL64,
	SYS_ID_TKILL,
	SYS_ID_TGKILL,
	SYS_ID_RT_SIGQUEUEINFO,
	SYS_ID_RT_TGSIGQUEUEINFO,
	SYS_ID_PRLIMIT64,
	SYS_ID_PRCTL,
	/* calls that netjail makes a program make: tracer/seal */
	SYS_ID_PIDFD_SEND_SIGNAL,
	SYS_ID_SCHED_SETAFFINITY,
	SYS_ID_SCHED_SETSCHEDULER,
	SYS_ID_SCHED_SETPARAM,
	SYS_ID_SCHED_SETATTR,
	SYS_ID_SETPRIORITY,
	SYS_ID_IOPRIO_SET,
	SYS_ID_IOCTL,
	SYS_ID_GETSOCKOPT,
	SYS_ID_REQUEST_KEY,
	SYS_ID_CLOSE_RANGE,
	SYS_ID_LANDLOCK_CREATE_RULESET,
	SYS_ID_LANDLOCK_RESTRICT_SELF,
	SYS_ID_MMAP,
	SYS_ID_MMAP2,
	SYS_ID_MUNMAP,
	SYS_ID_MADVISE,
	/* calls that change what is mapped where: tracer/guard */
	SYS_ID_MREMAP,
	SYS_ID_REMAP_FILE_PAGES,
	SYS_ID_SHMAT,
	SYS_ID_IO_DESTROY,
	SYS_ID_BRK,
	SYS_ID_MSEAL,
	SYS_ID_CLOSE,
	/* calls that return EINTR although only an ignored signal came: tracer/eintr */
	SYS_ID_EPOLL_WAIT,
	SYS_ID_EPOLL_PWAIT,
	SYS_ID_EPOLL_PWAIT2,
	SYS_ID_RT_SIGTIMEDWAIT,
	SYS_ID_RT_SIGTIMEDWAIT_TIME64,
	SYS_ID_SEMTIMEDOP,
	SYS_ID_SEMTIMEDOP_TIME64,
	SYS_ID_SEMOP,
	SYS_ID_IPC,
	SYS_ID_RECVFROM,
	SYS_ID_RECVMSG,
	SYS_ID_RECVMMSG,
	SYS_ID_RECVMMSG_TIME64,
	SYS_ID_READ,
	SYS_ID_READV,
	SYS_ID_PREADV2,
	SYS_ID_PWRITEV2,
	SYS_ID_SPLICE,
	SYS_ID_SENDFILE,
	SYS_ID_SENDFILE64,
	SYS_ID_FALLOCATE,
	SYS_ID_WRITE,
	SYS_ID_RECV,
	SYS_ID_SEND,
	SYS_ID_IO_GETEVENTS,
	SYS_ID_IO_PGETEVENTS,
	SYS_ID_PPOLL_TIME64,
	SYS_ID_SELECT,
	SYS_ID_NEWSELECT,
	SYS_ID_PSELECT6,
	SYS_ID_PSELECT6_TIME64,
	SYS_ID_RESTART_SYSCALL,
	SYS_ID_NANOSLEEP,
	SYS_ID_CLOCK_NANOSLEEP,
	SYS_ID_CLOCK_NANOSLEEP_TIME64,
	SYS_ID_FUTEX,
	SYS_ID_FUTEX_TIME64,
	SYS_ID_NUM_
};

/* The row of a call, SYS_ID_OTHER when there is none. */
enum sys_id sysnr_id(enum abi_id abi, int32_t nr);
/* The number of a call in an ABI, -1 when that ABI does not have it. */
int32_t sysnr_nr(enum abi_id abi, enum sys_id id);
/* Its name as in its man page, "?" for SYS_ID_OTHER. */
const char *sysnr_name(enum sys_id id);

/* The call that socketcall(2)'s first argument stands for (<linux/net.h> SYS_SOCKET ...),
 * and how many words it takes from memory; SYS_ID_OTHER and 0 when unknown. */
enum sys_id sysnr_socketcall(uint64_t which, unsigned *ret_words);

#endif
