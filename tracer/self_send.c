/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/self_send.c - signals that netjail sends in the place of a program with a
 * seccomp filter of its own, by the descriptor that was judged
 *
 * Problem:   another thread exchanges the descriptor of pidfd_send_signal(2) between the
 *            look and the call: netjail's own directory of proc(5) for a child's pidfd.
 * Rejected:  a call by number (tracer/self): the filter may kill for it. EPERM: nearly
 *            every service and container has a filter, and many have threads.
 * MUST NOT send what the program may not.
 */
#include <errno.h>
#include <linux/kcmp.h>
#include <signal.h>
#include <sys/syscall.h>

#include "tracer/call.h"
#include "tracer/evade.h"
#include "tracer/mem.h"
#include "tracer/proc.h"
#include "tracer/self.h"

#ifndef PIDFD_SIGNAL_PROCESS_GROUP /* <linux/pidfd.h>, Linux 6.9 */
#define PIDFD_SIGNAL_PROCESS_GROUP (1u << 2)
#endif

bool self_may_race(const struct call *call)
{
	const struct task *task = call->task;
	struct task *other, *next;

	HASH_ITER(hh, call->tracer->tasks.head, other, next)
	{
		/* Without kcmp(2) they may share the table. */
		if (other != task &&
		    syscall(SYS_kcmp, task->tid, other->tid, KCMP_FILES, 0, 0) <= 0)
			return true;
	}
	return false;
}

/* As the program would have sent it; kill(2) itself would name netjail as the sender. 0
 * or -errno. */
static int read_info(const struct call *call, siginfo_t *ret_info)
{
	struct proc_task sender = proc_task(call->task->tid);

	*ret_info = (siginfo_t){.si_signo = (int32_t)call->args[1], .si_code = SI_QUEUE};
	ret_info->si_pid = sender.tgid;
	ret_info->si_uid = sender.uid[0];
	if (!call->args[2])
		return 0;
	if (call->word != sizeof(long)) /* its form is another */
		return -EPERM;
	return mem_read(call->task->tid, (struct remote){call->args[2]}, ret_info,
			sizeof(*ret_info)) == 0
		       ? 0
		       : -EFAULT;
}

/* What netjail may, the program may: by its rights, or by kernel/signal.c
 * kill_ok_by_cred. */
static bool may_send(const struct call *call, int32_t pid)
{
	struct proc_task sender = proc_task(call->task->tid), target = proc_task(pid);
	bool group = (uint32_t)call->args[3] & PIDFD_SIGNAL_PROCESS_GROUP;
	uid_t real = sender.uid[0], effective = sender.uid[1];

	if (call->task->own_domain)
		return false;
	if (proc_same_rights(call->task->tid))
		return true;
	return !group && sender.tgid && target.tgid &&
	       (real == target.uid[0] || real == target.uid[2] ||
		effective == target.uid[0] || effective == target.uid[2]);
}

void self_send_signal(struct call *call, int fd, int32_t pid)
{
	siginfo_t info;
	int failed = read_info(call, &info);

	if (!may_send(call, pid)) {
		evade_tell(call->tracer, call->task, EVASION_TRACER_ATTACKED,
			   "refused (EPERM)",
			   "another thread could aim pidfd_send_signal at netjail");
		failed = -EPERM;
	}
	/* The memory may be another by now: what the kernel writes, it writes itself. */
	if (!failed && (info.si_code >= 0 || info.si_code == SI_TKILL))
		failed = -EPERM;
	if (!failed && syscall(SYS_pidfd_send_signal, fd, (int32_t)call->args[1], &info,
			       (uint32_t)call->args[3]) < 0)
		failed = -errno;
	call_finish_quiet(call, failed);
}
