/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/guard.c - attach mode: keeps the sealed memory where it is without mseal(2), so
 * that it can be taken away again
 */
#include "tracer/guard.h"

#include <errno.h>
#include <linux/kcmp.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#include "tracer/call.h"
#include "tracer/inject.h"
#include "tracer/proc.h"
#include "tracer/seal_memory.h"
#include "tracer/spans.h"

static bool share_memory(pid_t a, pid_t b)
{
	/* Without kcmp(2) they may. */
	return a == b || syscall(SYS_kcmp, a, b, KCMP_VM, 0, 0) <= 0;
}

static bool surely_share_memory(pid_t a, pid_t b)
{
	return syscall(SYS_kcmp, a, b, KCMP_VM, 0, 0) == 0;
}

static bool hits_memory(struct tracer *tracer, struct task *task,
			const struct span *spans, size_t count)
{
	struct task *other, *next;

	HASH_ITER(hh, tracer->tasks.head, other, next)
	{
		for (size_t i = 0; other->seal_at && i < count; i++)
			if (spans_meet(&spans[i], other->seal_at, SEAL_SIZE) &&
			    share_memory(task->tid, other->tid))
				return true;
	}
	return false;
}

/* i386's first mmap has its arguments in memory, where they can change: the second takes
 * the copies. True when the call has been ended. */
static bool direct_mmap(struct tracer *tracer, struct task *task,
			const struct arch_call *arch, uint64_t ret_args[static 6])
{
	struct call call = {.tracer = tracer, .task = task, .arch = *arch};
	uint32_t words[6];

	if (mem_read(task->tid, (struct remote){arch->args[0]}, words, sizeof(words)) !=
	    0) {
		call_finish_quiet(&call, -EFAULT);
		return true;
	}
	if (words[5] % 4096) {
		call_finish_quiet(&call, -EINVAL);
		return true;
	}
	words[5] /= 4096;
	for (unsigned i = 0; i < 6; i++)
		ret_args[i] = words[i];
	call_replace(&call, SYS_ID_MMAP2, ret_args, -1, call_end_replaced_quiet);
	return false;
}

/* A call in progress may still read what stands in its slot: one that sleeps has. */
static bool is_being_read(struct tracer *tracer, struct task *task)
{
	struct task *other, *next;

	HASH_ITER(hh, tracer->tasks.head, other, next)
	{
		if (other != task && other->pending.slot >= 0 &&
		    share_memory(task->tid, other->tid) &&
		    proc_task(other->tid).state != 'S')
			return true;
	}
	return false;
}

/* Once that call has ended, the memory is looked for again before it is used. True when
 * the call waits. */
static bool doubt(struct tracer *tracer, struct task *task, const struct arch_call *call)
{
	struct call later = {.tracer = tracer, .task = task, .arch = *call, .hold_ms = 1};
	struct task *other, *next;

	if (is_being_read(tracer, task)) {
		call_retry(&later);
		return true;
	}
	HASH_ITER(hh, tracer->tasks.head, other, next)
	{
		if (other->seal_at && share_memory(task->tid, other->tid))
			other->seal_doubted = true;
	}
	return false;
}

bool guard_enter(struct tracer *tracer, struct task *task, const struct arch_call *call)
{
	enum sys_id id = sysnr_id(call->abi, call->nr);
	struct span spans[SPANS_MAX], widest[SPANS_MAX];
	const uint64_t *args = call->args;
	uint64_t copies[6];
	size_t count, wide;
	bool hit;
	bool direct = id == SYS_ID_MMAP && call->abi == ABI_I386;

	if (!tracer->enforces || !tracer->seal)
		return false;
	if (direct) {
		if (direct_mmap(tracer, task, call, copies))
			return true;
		args = copies;
	}
	count = spans_of(id, args, spans);
	wide = spans_widest(id, args, widest);
	if (!count && !wide)
		return direct;
	hit = hits_memory(tracer, task, widest, wide);
	if ((hit && direct) || hits_memory(tracer, task, spans, count)) {
		task_settle(task);
		call_deny(tracer, task, call, EPERM);
		return true;
	}
	if (hit && doubt(tracer, task, call))
		return true;
	task->changes_map = true;
	return direct;
}

bool guard_is_busy(struct tracer *tracer, struct task *task)
{
	struct task *other, *next;

	HASH_ITER(hh, tracer->tasks.head, other, next)
	{
		if (other != task && other->changes_map &&
		    share_memory(task->tid, other->tid))
			return true;
	}
	return false;
}

bool guard_settles(struct tracer *tracer, struct task *task)
{
	struct seal_search search = {.at = task->seal_at};
	struct task *other, *next;
	bool lost;

	if (!task->seal_doubted)
		return true;
	if (guard_is_busy(tracer, task))
		return false;
	lost = !seal_find(tracer->seal, task->tid, &search);
	HASH_ITER(hh, tracer->tasks.head, other, next)
	{
		if (other->tgid != task->tgid &&
		    !surely_share_memory(task->tid, other->tid))
			continue;
		other->seal_doubted = false;
		if (lost)
			other->seal_at = 0;
	}
	return true;
}

void guard_mapped(struct tracer *tracer, const struct task *task)
{
	struct task *other, *next;

	HASH_ITER(hh, tracer->tasks.head, other, next)
	{
		if (other->tgid == task->tgid ||
		    surely_share_memory(task->tid, other->tid))
			other->seal_at = task->seal_at;
	}
}

void guard_born(struct task *child, const struct task *maker)
{
	child->dumpable |= maker->dumpable; /* fork(2) copies the flag */
	if (!maker->seal_at || !surely_share_memory(child->tid, maker->tid))
		return;
	child->seal_at = maker->seal_at;
	child->seal_doubted = maker->seal_doubted;
}

void guard_dumpable(struct tracer *tracer, struct task *task,
		    const struct arch_call *call, bool put_off)
{
	struct task *other, *next;

	if (put_off == task->dumpable || sysnr_id(call->abi, call->nr) != SYS_ID_PRCTL ||
	    (uint32_t)call->args[0] != PR_SET_DUMPABLE ||
	    (!put_off && (uint32_t)call->args[1] != 1))
		return;
	HASH_ITER(hh, tracer->tasks.head, other, next)
	{
		if (other->tgid == task->tgid ||
		    surely_share_memory(task->tid, other->tid))
			other->dumpable = put_off;
	}
}

bool guard_has_business(const struct task *task)
{
	return task->seal_at || task->dumpable;
}

void guard_tell_left(struct tracer *tracer, const struct task *task)
{
	char text[192];

	snprintf(text, sizeof(text),
		 "process %d keeps %s: no call of it could change that", (int)task->tgid,
		 !task->dumpable  ? "a read-only mapping of netjail's"
		 : !task->seal_at ? "PR_SET_DUMPABLE at 1, which it has set to 0"
				  : "a read-only mapping of netjail's, and "
				    "PR_SET_DUMPABLE at 1, which it has set to 0");
	hub_note(tracer->config->hub, text);
}

/* Those who share the memory have nothing to undo either. */
static void forget_business(struct tracer *tracer, struct task *task)
{
	struct task *other, *next;

	HASH_ITER(hh, tracer->tasks.head, other, next)
	{
		if (!guard_has_business(other) || !share_memory(task->tid, other->tid))
			continue;
		other->seal_at = 0;
		other->dumpable = false;
	}
}

/* 0 or -errno of ptrace. The last call takes the right to look at the program's memory
 * away, and to compare it with others'. */
static int undo(struct tracer *tracer, struct task *task, struct injection *injection)
{
	const uint64_t hide[6] = {PR_SET_DUMPABLE};
	bool hides = task->dumpable;
	int failed = 0;
	struct seal_search search = {.part = true};
	uint64_t at;

	while (task->seal_at && (at = seal_find(tracer->seal, task->tid, &search)) != 0) {
		uint64_t args[6] = {at, search.len};

		if (inject_call(injection, SYS_ID_MUNMAP, args, &failed) >= 0)
			continue;
		if (!failed)
			guard_tell_left(tracer, task);
		break;
	}
	if (!failed)
		forget_business(tracer, task);
	if (!failed && hides)
		(void)!inject_call(injection, SYS_ID_PRCTL, hide, &failed);
	return failed;
}

/* Others of the program are about to stop, where their calls may have to be repaired. */
static bool others_stir(struct tracer *tracer, const struct task *task)
{
	struct task *other, *next;

	HASH_ITER(hh, tracer->tasks.head, other, next)
	{
		if (other != task && other->tgid == task->tgid && !other->unmaps &&
		    (other->awaited || other->pending.replaced))
			return true;
	}
	return false;
}

/* The kernel may not have read yet what stands in the slot of a call in progress. */
static bool is_read(struct tracer *tracer, struct task *task)
{
	struct task *other, *next;

	HASH_ITER(hh, tracer->tasks.head, other, next)
	{
		if (other->pending.slot >= 0 && share_memory(task->tid, other->tid))
			return true;
	}
	return false;
}

void guard_leave(struct tracer *tracer, struct task *task, const struct arch_call *call)
{
	struct call later = {.tracer = tracer, .task = task, .arch = *call, .hold_ms = 1};
	struct injection injection;
	int failed;

	if (!task->unmaps || !guard_has_business(task))
		return;
	/* Those calls have been interrupted, and end soon. */
	if (is_read(tracer, task) || (task->dumpable && others_stir(tracer, task))) {
		call_retry(&later);
		return;
	}
	task->unmaps = false;
	failed = inject_begin(&injection, task, call);
	if (!failed)
		failed = undo(tracer, task, &injection);
	if (!failed)
		(void)!inject_end(&injection);
	task->in_call = false;
}
