/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/syscall.c - which handler takes which call: one table, a row a call
 */
#include "tracer/syscall.h"

#include <errno.h>

#include "tracer/call.h"
#include "tracer/handed.h"
#include "tracer/peers.h"

static void (*const handlers[SYS_ID_NUM_])(struct call *) = {
	[SYS_ID_CONNECT] = connect_enter,
	[SYS_ID_SENDTO] = sendto_enter,
	[SYS_ID_SENDMSG] = sendmsg_enter,
	[SYS_ID_SENDMMSG] = sendmmsg_enter,
	[SYS_ID_BIND] = bind_enter,
	[SYS_ID_LISTEN] = listen_enter,
	[SYS_ID_SOCKET] = socket_enter,
	[SYS_ID_SOCKETPAIR] = socketpair_enter,
	[SYS_ID_SHUTDOWN] = shutdown_enter,
	[SYS_ID_ACCEPT] = peer_enter,
	[SYS_ID_ACCEPT4] = peer_enter,
	[SYS_ID_GETSOCKNAME] = peer_enter,
	[SYS_ID_GETPEERNAME] = peername_enter,
	[SYS_ID_RECVFROM] = recvfrom_enter,
	[SYS_ID_SEND] = shown_only_enter,
	[SYS_ID_RECV] = shown_only_enter,
	[SYS_ID_IO_URING_SETUP] = io_uring_enter,
	[SYS_ID_IO_URING_ENTER] = io_uring_enter,
	[SYS_ID_IO_URING_REGISTER] = io_uring_enter,
	[SYS_ID_CLONE] = clone_enter,
	[SYS_ID_CLONE3] = clone3_enter,
	[SYS_ID_UNSHARE] = unshare_enter,
	[SYS_ID_CLOSE_RANGE] = close_range_enter,
	[SYS_ID_SETNS] = setns_enter,
	[SYS_ID_BPF] = bpf_enter,
	[SYS_ID_USERFAULTFD] = userfaultfd_enter,
	[SYS_ID_SECCOMP] = seccomp_enter,
	[SYS_ID_PRCTL] = prctl_enter,
	[SYS_ID_PTRACE] = ptrace_enter,
	[SYS_ID_PROCESS_VM_WRITEV] = process_vm_writev_enter,
	[SYS_ID_PIDFD_GETFD] = pidfd_getfd_enter,
	[SYS_ID_PIDFD_OPEN] = self_enter,
	[SYS_ID_KILL] = kill_enter,
	[SYS_ID_SETPGID] = self_enter,
	[SYS_ID_FCNTL] = fcntl_enter,
	[SYS_ID_FCNTL64] = fcntl_enter,
	[SYS_ID_TKILL] = self_enter,
	[SYS_ID_TGKILL] = self_enter,
	[SYS_ID_RT_SIGQUEUEINFO] = self_enter,
	[SYS_ID_RT_TGSIGQUEUEINFO] = self_enter,
	[SYS_ID_PRLIMIT64] = self_enter,
	[SYS_ID_SCHED_SETAFFINITY] = self_enter,
	[SYS_ID_SCHED_SETSCHEDULER] = self_enter,
	[SYS_ID_SCHED_SETPARAM] = self_enter,
	[SYS_ID_SCHED_SETATTR] = self_enter,
	[SYS_ID_SETPRIORITY] = priority_enter,
	[SYS_ID_IOPRIO_SET] = priority_enter,
	[SYS_ID_PIDFD_SEND_SIGNAL] = pidfd_send_signal_enter,
	[SYS_ID_IOCTL] = ioctl_enter,
	[SYS_ID_GETSOCKOPT] = getsockopt_enter,
	[SYS_ID_REQUEST_KEY] = request_key_enter,
	[SYS_ID_LANDLOCK_CREATE_RULESET] = landlock_ruleset_enter,
	[SYS_ID_LANDLOCK_RESTRICT_SELF] = landlock_restrict_enter,
	[SYS_ID_SETSOCKOPT] = setsockopt_enter,
	[SYS_ID_RECVMSG] = recvmsg_enter,
	[SYS_ID_RECVMMSG] = recvmmsg_enter,
	[SYS_ID_RECVMMSG_TIME64] = recvmmsg_enter,
};

/* A call without a handler stopped because a filter of the program's own answered
 * SECCOMP_RET_TRACE; without a tracer of its own that is ENOSYS (seccomp(2)). So is a
 * call of an ABI that netjail does not know. */
void syscall_enter(struct call *call)
{
	if (handlers[call->id])
		handlers[call->id](call);
	else
		call_finish_quiet(call, -ENOSYS);
}
