/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/eintr.c - hides from a program that a signal it ignores has stopped it
 */
#include "tracer/eintr.h"

#include <stdbool.h>

#include "arch/sysnr.h"
#include "tracer/proc.h"
#include "tracer/task.h"

/* Calls that a signal ends with EINTR whether or not SA_RESTART is set, and that have
 * done nothing by then (signal(7)). All others are restarted by the kernel itself. */
static const bool repairable[SYS_ID_NUM_] = {
	[SYS_ID_EPOLL_WAIT] = true,
	[SYS_ID_EPOLL_PWAIT] = true,
	[SYS_ID_EPOLL_PWAIT2] = true,
	[SYS_ID_RT_SIGTIMEDWAIT] = true,
	[SYS_ID_RT_SIGTIMEDWAIT_TIME64] = true,
	[SYS_ID_SEMOP] = true,
	[SYS_ID_SEMTIMEDOP] = true,
	[SYS_ID_SEMTIMEDOP_TIME64] = true,
	[SYS_ID_IPC] = true,
	[SYS_ID_RECV] = true,
	[SYS_ID_RECVFROM] = true,
	[SYS_ID_RECVMSG] = true,
	[SYS_ID_RECVMMSG] = true,
	[SYS_ID_RECVMMSG_TIME64] = true,
	[SYS_ID_READ] = true,
	[SYS_ID_READV] = true,
	[SYS_ID_ACCEPT] = true,
	[SYS_ID_ACCEPT4] = true,
	[SYS_ID_CONNECT] = true,
	[SYS_ID_SEND] = true,
	[SYS_ID_SENDTO] = true,
	[SYS_ID_SENDMSG] = true,
	[SYS_ID_SOCKETCALL] = true,
	[SYS_ID_IO_GETEVENTS] = true,
	[SYS_ID_IO_PGETEVENTS] = true,
};

void eintr_repair(struct task *task, int sig)
{
	struct arch_call call;

	if (arch_interrupted_get(task->tid, &call) != 0 ||
	    !repairable[sysnr_id(call.abi, call.nr)] || !proc_ignores(task->tid, sig))
		return;
	/* A task that is gone needs no repair; nothing else can fail here. */
	(void)!arch_interrupted_rewind(task->tid);
}
