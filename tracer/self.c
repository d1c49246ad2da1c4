/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/self.c - calls aimed at netjail's own processes
 *
 * The end of netjail ends a run's programs with it, but frees those that it is attached
 * to. There its process group counts as itself: by kill(2), by joining it, as the owner
 * of a descriptor; and so do its threads, whose numbers kill(2) and others take for the
 * process.
 */
#include "tracer/self.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/ioprio.h>
#include <linux/sockios.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "tracer/call.h"
#include "tracer/evade.h"
#include "tracer/mem.h"
#include "tracer/proc.h"
#include "tracer/sockid.h"
#include "tracer/syscall.h"

#ifndef PIDFD_SIGNAL_THREAD /* <linux/pidfd.h>, Linux 6.9 */
#define PIDFD_SIGNAL_THREAD        (1u << 0)
#define PIDFD_SIGNAL_PROCESS_GROUP (1u << 2)
#endif
#ifndef PIDFD_THREAD
#define PIDFD_THREAD O_EXCL
#endif

static bool is_own_thread(int32_t tid)
{
	char path[48];

	snprintf(path, sizeof(path), "/proc/self/task/%d", tid);
	return tid > 0 && access(path, F_OK) == 0;
}

bool self_is(const struct call *call, int32_t pid)
{
	return pid == getpid() || pid == call->tracer->front->front || is_own_thread(pid);
}

void self_refuse(struct call *call)
{
	evade_tell(call->tracer, call->task, EVASION_TRACER_ATTACKED, "refused (EPERM)",
		   "%s aimed at netjail", call->event.call);
	call_finish_quiet(call, -EPERM);
}

/* With a signal scope of Landlock the filter of a run stops these only when they name
 * netjail. */
void self_enter(struct call *call)
{
	bool kind_first = call->id == SYS_ID_SETPRIORITY || call->id == SYS_ID_IOPRIO_SET;
	bool second = kind_first || call->id == SYS_ID_TGKILL;

	/* netjail's groups alone stop; by such a number another one is meant there */
	if ((call->id == SYS_ID_SETPGID && !proc_in_inner_namespace(call->task->tid)) ||
	    (!kind_first && self_is(call, (int32_t)call->args[0])) ||
	    (second && self_is(call, (int32_t)call->args[1])))
		self_refuse(call);
	else
		call_let_pass(call);
}

/* A process of one of netjail's process groups may ask for it (signal 0), and no more. */
static bool reaches_group(const struct call *call)
{
	pid_t group = getpgid(call->task->tid);

	return (int32_t)call->args[1] != 0 &&
	       (group == getpid() || group == call->tracer->group);
}

/* For kill(2). */
static bool names_self(const struct call *call, int32_t target)
{
	if (target < 0)
		return target == -getpid() || target == -call->tracer->group;
	return target ? self_is(call, target) : reaches_group(call);
}

/* kill(0) and kill(-1): the numbers do not say whom they reach. kill(-1) would reach
 * netjail and everybody else of the same user: of a program in process ids of its own (an
 * init that shuts down) it reaches nobody but its own, and so it does under Landlock. */
void kill_enter(struct call *call)
{
	int32_t target = (int32_t)call->args[0];
	bool all = target == -1;
	bool inner = all && proc_in_inner_namespace(call->task->tid);

	if (!all && !names_self(call, target)) {
		call_let_pass(call);
		return;
	}
	if (!all || (!inner && !call->tracer->confined)) {
		self_refuse(call);
		return;
	}
	if (!inner)
		evade_tell(call->tracer, call->task, EVASION_TRACER_ATTACKED,
			   "reaches nobody outside", "kill of every process");
	call_let_pass(call);
}

/* setpriority(2), ioprio_set(2): the number may be that of a user. */
void priority_enter(struct call *call)
{
	int32_t of_user = call->id == SYS_ID_SETPRIORITY ? PRIO_USER : IOPRIO_WHO_USER;

	if ((int32_t)call->args[0] == of_user)
		call_let_pass(call);
	else
		self_enter(call);
}

/* A directory of proc(5) does for a pidfd there, too. */
static int32_t pid_of_directory(int fd)
{
	char link[48], target[64] = {0};
	int32_t pid;

	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	if (readlink(link, target, sizeof(target) - 1) < 0 ||
	    strncmp(target, "/proc/", 6) != 0)
		return -1;
	pid = (int32_t)strtol(target + 6, NULL, 10);
	return pid > 0 ? pid : -1;
}

/* The same signal to the judged number, which is in a register then: by kill(2) and
 * tgkill(2), or with the program's siginfo_t, as the kernel does it (kernel/signal.c
 * pidfd_send_signal). Who gets it, `fd` says, or the flags. */
static void signal_by_number(struct call *call, int fd, int32_t pid)
{
	uint32_t flags = (uint32_t)call->args[3];
	bool group = flags & PIDFD_SIGNAL_PROCESS_GROUP;
	bool thread = (flags & PIDFD_SIGNAL_THREAD) ||
		      (!flags && (fcntl(fd, F_GETFL) & PIDFD_THREAD));
	uint64_t sig = call->args[1], info = call->args[2];
	uint64_t whom = (uint64_t)(group ? -(int64_t)pid : pid);
	const uint64_t to_process[6] = {whom, sig, info};
	const uint64_t to_thread[6] = {(uint64_t)proc_task(pid).tgid, whom, sig, info};

	if (group && info)
		call_finish_quiet(call, -EPERM);
	else if (thread)
		call_replace(call, info ? SYS_ID_RT_TGSIGQUEUEINFO : SYS_ID_TGKILL,
			     to_thread, -1, call_end_replaced_quiet);
	else
		call_replace(call, info ? SYS_ID_RT_SIGQUEUEINFO : SYS_ID_KILL,
			     to_process, -1, call_end_replaced_quiet);
}

static int probe(int fd, uint32_t flags)
{
	return syscall(SYS_pidfd_send_signal, fd, 0, NULL, flags) < 0 ? -errno : 0;
}

/* 0, or what the kernel says of the program's siginfo_t: only to itself may it write what
 * the kernel writes. */
static int check_info(const struct call *call, int32_t pid)
{
	siginfo_t info;
	const size_t len = offsetof(siginfo_t, si_code) + sizeof(info.si_code);

	if (!call->args[2])
		return 0;
	if (mem_read(call->task->tid, (struct remote){call->args[2]}, &info, len) != 0)
		return -EFAULT;
	if (info.si_signo != (int32_t)call->args[1])
		return -EINVAL;
	return pid != call->task->tid && (info.si_code >= 0 || info.si_code == SI_TKILL)
		       ? -EPERM
		       : 0;
}

static void signal_judged(struct call *call, int fd, int32_t pid)
{
	uint32_t flags = (uint32_t)call->args[3];
	int probed = probe(fd, flags), failed = 0;

	if (probe(-1, flags) == -EINVAL)
		failed = -EINVAL;
	else if (fd < 0)
		failed = fd == -EBADF ? -EBADF : -EPERM;
	else if (probed == -EBADF)
		failed = -EBADF;
	else
		failed = check_info(call, pid);
	/* Whether it may, the kernel says at the call itself. */
	if (!failed && probed != -EPERM)
		failed = probed;
	if (!failed && pid <= 0)
		failed = -EPERM;
	if (failed)
		call_finish_quiet(call, failed);
	else if (call->task->own_filter)
		self_send_signal(call, fd, pid);
	else
		signal_by_number(call, fd, pid);
}

/* PIDFD_SELF_THREAD and PIDFD_SELF_THREAD_GROUP of <linux/pidfd.h>, Linux 6.14, are in a
 * register; -1: it is no such number. */
static int32_t pid_of_caller(const struct call *call)
{
	int32_t fd = (int32_t)call->args[0];

	if (fd == -10001)
		return task_pid(call->task);
	return fd == -10000 ? call->task->tid : -1;
}

/* Where Landlock keeps signals inside nothing rests on it but the telling. Elsewhere the
 * descriptor could be exchanged between the look and the call. */
void pidfd_send_signal_enter(struct call *call)
{
	cleanup_sock int fd = sockid_take(call->task, (int32_t)call->args[0]);
	bool group = (uint32_t)call->args[3] & PIDFD_SIGNAL_PROCESS_GROUP;
	int32_t pid = fd < 0 ? pid_of_caller(call) : proc_of_pidfd(fd);

	if (fd >= 0 && pid < 0)
		pid = pid_of_directory(fd);
	if (pid > 0 && (self_is(call, pid) || (group && pid == call->tracer->group)))
		self_refuse(call);
	else if (call->tracer->confined ||
		 (call->task->own_filter && !self_may_race(call)) ||
		 (fd < 0 && pid > 0) || proc_in_inner_namespace(call->task->tid))
		call_let_pass(call);
	else
		signal_judged(call, fd, pid);
}

/* ---- who gets SIGIO: any signal, by F_SETSIG of fcntl(2) ---- */

/* Makes a call on the judged number, which is in a register then. The tracer of a run
 * leads a group of its own. */
static void set_owner(struct call *call, int32_t owner)
{
	const uint64_t args[6] = {call->args[0], F_SETOWN, (uint32_t)owner};

	if (owner == INT32_MIN)
		call_finish_quiet(call, -EINVAL);
	else if (self_is(call, owner) || -owner == getpid() ||
		 (owner < 0 && -owner == call->tracer->group))
		self_refuse(call);
	else
		call_replace(call, SYS_ID_FCNTL, args, -1, call_end_replaced_quiet);
}

/* The kind and number of F_SETOWN_EX are in memory, which can change: a process and a
 * group are set by number. A thread cannot be. */
static void set_owner_ex(struct call *call)
{
	struct f_owner_ex owner = {0};

	if (mem_read(call->task->tid, (struct remote){call->args[2]}, &owner,
		     sizeof(owner)) != 0)
		call_finish_quiet(call, -EFAULT);
	else if (owner.type == F_OWNER_PID && owner.pid >= 0)
		set_owner(call, owner.pid);
	else if (owner.type == F_OWNER_PGRP && owner.pid >= 0)
		set_owner(call, -owner.pid);
	else if (owner.type == F_OWNER_TID)
		self_refuse(call);
	else
		call_finish_quiet(call, -EINVAL);
}

/* Not asked by an ioctl(2): a device may let that wait. Numbers: Linux,
 * admin-guide/devices.txt. */
static bool is_terminal(int fd)
{
	static const struct {
		uint32_t first, last;
	} majors[] = {{4, 5}, {136, 143}, {166, 166}, {188, 188}, {204, 204}, {229, 229}};
	struct statx file;

	if (statx(fd, "", AT_EMPTY_PATH | AT_STATX_DONT_SYNC, STATX_TYPE, &file) < 0)
		return true;
	for (size_t i = 0; S_ISCHR(file.stx_mode) && i < ARRAY_LEN(majors); i++)
		if (file.stx_rdev_major >= majors[i].first &&
		    file.stx_rdev_major <= majors[i].last)
			return true;
	return false;
}

/* O_ASYNC makes the group in the foreground of a terminal the owner of the descriptor
 * (drivers/tty/tty_io.c __tty_fasync), and so F_SETSIG of fcntl(2) any signal for it. */
static void async_enter(struct call *call)
{
	int fd = sockid_take(call->task, (int32_t)call->args[0]);
	bool terminal = fd < 0 || is_terminal(fd);

	if (fd >= 0)
		sockid_drop(fd);
	if (fd == -EBADF)
		call_finish_quiet(call, fd);
	else if (terminal)
		self_refuse(call);
	else
		call_let_pass(call);
}

void fcntl_enter(struct call *call)
{
	if ((int32_t)call->args[1] == F_SETFL)
		async_enter(call);
	else if ((int32_t)call->args[1] == F_SETOWN_EX)
		set_owner_ex(call);
	else
		set_owner(call, (int32_t)call->args[2]);
}

bool self_enter_owner(struct call *call)
{
	cleanup_sock int sock = -1;
	int32_t owner = 0;

	if ((uint32_t)call->args[1] == FIOASYNC) {
		async_enter(call);
		return true;
	}
	if ((uint32_t)call->args[1] != FIOSETOWN && (uint32_t)call->args[1] != SIOCSPGRP)
		return false;
	sock = sockid_take(call->task, (int32_t)call->args[0]);
	if (sock < 0)
		call_finish_quiet(call, sock == -EBADF ? -EBADF : -ENOTTY);
	else if (mem_read(call->task->tid, (struct remote){call->args[2]}, &owner,
			  sizeof(owner)) != 0)
		call_finish_quiet(call, -EFAULT);
	else
		set_owner(call, owner);
	return true;
}
