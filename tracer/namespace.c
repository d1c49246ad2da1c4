/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/namespace.c - calls that make processes or move them between namespaces
 */
#include <errno.h>
#include <linux/sched.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "tracer/call.h"
#include "tracer/evade.h"
#include "tracer/handed.h"
#include "tracer/sockid.h"
#include "tracer/syscall.h"

static void tell_namespace(struct call *call, uint64_t flags)
{
	const char *const names[] = {
		"CLONE_NEWUSER",
		"CLONE_NEWNET",
		"CLONE_NEWUSER|CLONE_NEWNET",
	};
	unsigned which =
		!!(flags & CLONE_NEWUSER) + 2U * (unsigned)!!(flags & CLONE_NEWNET);

	if (which)
		evade_tell(call->tracer, call->task, EVASION_NAMESPACE,
			   "its calls are judged alike", "%s(%s)", call->event.call,
			   names[which - 1]);
}

/* The flag is taken off: the child is traced like any other. */
void clone_enter(struct call *call)
{
	uint64_t args[6];

	tell_namespace(call, call->args[0]);
	if (!(call->args[0] & CLONE_UNTRACED)) {
		call_let_pass(call);
		return;
	}
	evade_tell(call->tracer, call->task, EVASION_CLONE_UNTRACED,
		   "the child is traced", "clone(CLONE_UNTRACED)");
	memcpy(args, call->args, sizeof(args));
	args[0] &= ~(uint64_t)CLONE_UNTRACED;
	call_replace(call, SYS_ID_CLONE, args, -1, call_end_replaced_quiet);
}

/* Its flags are in memory, where they can change after the look: a program that asks
 * for the flag is answered as by a kernel without clone3, and its C library falls back
 * to clone. One that changes them afterwards gets a child without a tracer, whose
 * trapped calls fail with ENOSYS, and which nobody in here may trace. */
void clone3_enter(struct call *call)
{
	uint64_t flags = 0;

	if (mem_read(call->task->tid, (struct remote){call->args[0]}, &flags,
		     sizeof(flags)) != 0)
		flags = 0; /* the kernel cannot read them either */
	tell_namespace(call, flags);
	if (flags & CLONE_UNTRACED)
		evade_tell(call->tracer, call->task, EVASION_CLONE_UNTRACED,
			   "refused (ENOSYS)", "clone3(CLONE_UNTRACED)");
	/* Without a filter that the child inherits there is nothing behind the look. */
	if (call->tracer->gate || (flags & CLONE_UNTRACED))
		call_finish_quiet(call, -ENOSYS);
	else
		call_let_pass(call);
}

void unshare_enter(struct call *call)
{
	tell_namespace(call, call->args[0]);
	if (call->args[0] & CLONE_FILES)
		handed_new_table(call);
	else
		call_let_pass(call);
}

/* The kinds of namespace that setns(2) would enter: one for a namespace's descriptor,
 * what the flags say for a process's. 0 or what setns would say: -EBADF, -EINVAL. */
static int namespace_kinds(struct call *call, uint32_t *ret_kinds)
{
	static const struct {
		const char *prefix;
		uint32_t flag;
	} kinds[] = {
		{"mnt:", CLONE_NEWNS},        {"uts:", CLONE_NEWUTS},
		{"ipc:", CLONE_NEWIPC},       {"user:", CLONE_NEWUSER},
		{"pid:", CLONE_NEWPID},       {"net:", CLONE_NEWNET},
		{"cgroup:", CLONE_NEWCGROUP}, {"time:", CLONE_NEWTIME},
	};
	uint32_t flags = (uint32_t)call->args[1];
	cleanup_sock int fd = sockid_take(call->task, (int32_t)call->args[0]);
	char link[48], target[64] = {0};

	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	if (fd < 0 || readlink(link, target, sizeof(target) - 1) < 0)
		return fd == -EBADF ? -EBADF : -EPERM;
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (strncmp(target, kinds[i].prefix, strlen(kinds[i].prefix)) == 0) {
			*ret_kinds = kinds[i].flag;
			return flags && flags != kinds[i].flag ? -EINVAL : 0;
		}
	*ret_kinds = flags;
	return flags && strcmp(target, "anon_inode:[pidfd]") == 0 ? 0 : -EINVAL;
}

/* In another network an allowed address is another host, and in another process id
 * namespace a number is another process. The kind that was judged is named, so that no
 * other descriptor fits. */
void setns_enter(struct call *call)
{
	uint32_t kinds = 0;
	int failed = namespace_kinds(call, &kinds);
	uint64_t args[6] = {call->args[0], kinds};

	if (!failed && (kinds & (CLONE_NEWNET | CLONE_NEWPID)))
		failed = -EPERM;
	if (failed == -EBADF || failed == -EINVAL) {
		call_finish_quiet(call, failed);
		return;
	}
	evade_tell(call->tracer, call->task, EVASION_NAMESPACE,
		   failed ? "refused (EPERM)" : "its calls are judged alike", "setns(%d)",
		   (int32_t)call->args[0]);
	if (failed)
		call_finish_quiet(call, failed);
	else
		call_replace(call, SYS_ID_SETNS, args, -1, call_end_replaced_quiet);
}
