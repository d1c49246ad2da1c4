/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/doors.c - calls that lead round the jail: shut where they do, told, or let pass
 */
#include <errno.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <linux/userfaultfd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>

#include "base/fdio.h"
#include "rules/ruleset.h"
#include "tracer/call.h"
#include "tracer/evade.h"
#include "tracer/passed.h"
#include "tracer/proc.h"
#include "tracer/route.h"
#include "tracer/seal.h"
#include "tracer/self.h"
#include "tracer/sockid.h"
#include "tracer/syscall.h"

void io_uring_enter(struct call *call)
{
	evade_tell(call->tracer, call->task, EVASION_IO_URING, "refused (ENOSYS)",
		   "%s(%u)", call->event.call, (unsigned)call->args[0]);
	call_finish_quiet(call, -ENOSYS);
}

/* A program for the kernel can rewrite addresses behind every judgement. */
void bpf_enter(struct call *call)
{
	evade_tell(call->tracer, call->task, EVASION_ROUTE_BEND, "refused (EPERM)",
		   "bpf(%d)", (int32_t)call->args[0]);
	call_finish_quiet(call, -EPERM);
}

/* The filter stops it where it would also hold back faults of the kernel: netjail's
 * own reads of the program's memory would wait for the program. */
void userfaultfd_enter(struct call *call)
{
	evade_tell(call->tracer, call->task, EVASION_TRACER_ATTACKED, "refused (EPERM)",
		   "userfaultfd could hold netjail back");
	call_finish_quiet(call, -EPERM);
}

/* A filter of the program's own may forbid what netjail makes a program do: the sealed
 * memory is mapped before it is loaded. True when the call goes on now. */
static bool prepare_for_filter(struct call *call)
{
	struct seal *seal = call->tracer->seal;

	/* Where it cannot be mapped the calls that need it are refused, one by one. */
	if (seal && !seal_address(call, 0) && !seal_is_given_up(call->task))
		(void)!seal_map(seal, call);
	if (call->ended)
		return false;
	call->tracer->own_filters = true;
	call->task->own_filter = true;
	return true;
}

/* Who only asks whether there are filters gives none, and gets EFAULT. */
static bool loads_nothing(const struct call *call)
{
	uint8_t byte;

	return !call->args[2] &&
	       mem_read(call->task->tid, (struct remote){0}, &byte, sizeof(byte)) != 0;
}

/* What it does is done to every thread (SECCOMP_FILTER_FLAG_TSYNC). */
static void mark_siblings(struct call *call, bool filter, bool domain)
{
	pid_t pid = task_pid(call->task);
	struct task *task, *next;

	HASH_ITER(hh, call->tracer->tasks.head, task, next)
	{
		if (task_pid(task) != pid)
			continue;
		task->own_filter |= filter;
		task->own_domain |= domain;
		task->domain_guessed &= !domain;
	}
}

void seccomp_enter(struct call *call)
{
	if (loads_nothing(call)) {
		call_let_pass(call);
		return;
	}
	if (!prepare_for_filter(call))
		return;
	if (call->args[1] & SECCOMP_FILTER_FLAG_TSYNC)
		mark_siblings(call, true, false);
	if (call->args[1] & SECCOMP_FILTER_FLAG_NEW_LISTENER) {
		evade_tell(call->tracer, call->task, EVASION_SECCOMP_LISTENER,
			   "refused (EBUSY)",
			   "seccomp(SECCOMP_FILTER_FLAG_NEW_LISTENER)");
		if (call->tracer->gate) { /* netjail holds none there */
			call_finish_quiet(call, -EBUSY);
			return;
		}
	}
	call_let_pass(call);
}

void prctl_enter(struct call *call)
{
	if (loads_nothing(call) || prepare_for_filter(call))
		call_let_pass(call);
}

/* Most rulesets are about files alone. */
void landlock_ruleset_enter(struct call *call)
{
	/* <linux/landlock.h>: it follows handled_access_fs */
	struct remote at = {call->args[0] + sizeof(uint64_t)};
	uint64_t handled_access_net = 0;

	if (call->args[1] >= 2 * sizeof(uint64_t) &&
	    mem_read(call->task->tid, at, &handled_access_net,
		     sizeof(handled_access_net)) == 0 &&
	    handled_access_net)
		call->tracer->net_rulesets = true;
	call_let_pass(call);
}

/* netjail, which no such ruleset holds, makes no more connections for it; without
 * mseal(2) no more sockets by a path. Later flags than those of logging may be about
 * every thread. */
void landlock_restrict_enter(struct call *call)
{
	static const uint32_t about_logs = 7; /* LANDLOCK_RESTRICT_SELF_LOG_* */

	if (call->tracer->seal && !call->tracer->net_rulesets && !call->tracer->gate) {
		call_let_pass(call);
		return;
	}
	call->tracer->own_domains = true;
	call->task->own_domain = true;
	call->task->domain_guessed = false;
	if ((uint32_t)call->args[1] & ~about_logs)
		mark_siblings(call, false, true);
	call_let_pass(call);
}

static void refuse_outside(struct call *call, int32_t pid)
{
	evade_tell(call->tracer, call->task, EVASION_PTRACE_OUTSIDE, "refused (EPERM)",
		   "%s of process %d", call->event.call, pid);
	call_finish_quiet(call, -EPERM);
}

/* True when a process of our numbers, 0 for one that has none, is watched like the
 * program; ends the call otherwise. */
static bool may_reach(struct call *call, pid_t pid, int32_t told_as)
{
	if (pid && task_find(&call->tracer->tasks, pid))
		return true;
	if (pid && self_is(call, pid))
		self_refuse(call);
	else if (pid > 0 && ((kill(pid, 0) < 0 && errno == ESRCH) || proc_is_ending(pid)))
		call_finish_quiet(call, -ESRCH); /* let go, or nobody's */
	else
		refuse_outside(call, told_as);
	return false;
}

static void judge_target(struct call *call, int32_t pid)
{
	/* 0 and below are nobody's numbers, and the kernel says so */
	if (pid <= 0 || may_reach(call, evade_target(call->tracer, call->task, pid), pid))
		call_let_pass(call);
}

void ptrace_enter(struct call *call)
{
	judge_target(call, (int32_t)call->args[1]);
}

void process_vm_writev_enter(struct call *call)
{
	judge_target(call, (int32_t)call->args[0]);
}

void pidfd_getfd_enter(struct call *call)
{
	cleanup_sock int pidfd = sockid_take(call->task, (int32_t)call->args[0]);
	int32_t pid = pidfd < 0 ? -1 : proc_of_pidfd(pidfd);

	/* The number may stand for another pidfd by the time of the call: what comes of
	 * it is judged too. */
	call->task->pending.since = ++call->tracer->clock;
	if (pid < 0 || may_reach(call, pid, pid))
		call_let_run_then(call, passed_fd_ended);
}

/* request_key(2) with callout data: the kernel starts request-key(8), outside, which asks
 * name servers (the key type dns_resolver) or what else it is set up for. */
void request_key_enter(struct call *call)
{
	evade_tell(call->tracer, call->task, EVASION_ROUTE_BEND, "refused (EPERM)",
		   "request_key would start a program outside");
	call_finish_quiet(call, -EPERM);
}

void ioctl_enter(struct call *call)
{
	const struct route_option *request = route_ioctl_find((int32_t)call->args[1]);

	if (self_enter_owner(call))
		return;
	if ((int32_t)call->args[1] == USERFAULTFD_IOC_NEW) {
		userfaultfd_enter(call);
		return;
	}
	if (request)
		evade_tell(call->tracer, call->task, EVASION_ROUTE_BEND,
			   "without CAP_NET_ADMIN the kernel refuses it", "ioctl(%s)",
			   request->text);
	call_let_pass(call);
}

void getsockopt_enter(struct call *call)
{
	if (!call->tracer->enforces || (int32_t)call->args[1] != route_getsockopt.level ||
	    (int32_t)call->args[2] != route_getsockopt.name) {
		call_let_pass(call);
		return;
	}
	evade_tell(call->tracer, call->task, EVASION_ROUTE_BEND, "refused (EPERM)",
		   "getsockopt(%s)", route_getsockopt.text);
	call_finish_quiet(call, -EPERM);
}

void setsockopt_enter(struct call *call)
{
	const struct route_option *option =
		route_option_find((int32_t)call->args[1], (int32_t)call->args[2]);

	/* no bytes: back to the default */
	if (!call->tracer->enforces || !option || !(uint32_t)call->args[4]) {
		call_let_pass(call);
		return;
	}
	evade_tell(call->tracer, call->task, EVASION_ROUTE_BEND, "refused (EPERM)",
		   "setsockopt(%s)", option->text);
	call_finish_quiet(call, -EPERM);
}
