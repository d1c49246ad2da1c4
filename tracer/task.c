/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/task.c - the threads under trace: the table that alone owns them
 */
#include "tracer/task.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/xalloc.h"
#include "tracer/proc.h"
#include "tracer/seal.h"
#include "tracer/shown.h"
#include "tracer/sockid.h"

struct task *task_find(const struct task_table *table, pid_t tid)
{
	struct task *task;

	HASH_FIND_INT(table->head, &tid, task);
	return task;
}

struct task *task_get(struct task_table *table, pid_t tid)
{
	struct task *task = task_find(table, tid);

	if (task)
		return task;
	task = xcalloc(1, sizeof(*task));
	task->tid = tid;
	task->pidfd = -1;
	task->pending.sock = -1;
	task->pending.slot = -1;
	HASH_ADD_INT(table->head, tid, task);
	return task;
}

static void drop_image(struct task *task)
{
	image_drop(task->image);
	task->image = NULL;
}

static void drop_pidfd(struct task *task)
{
	if (task->pidfd >= 0)
		close(task->pidfd);
	task->pidfd = -1;
}

void task_settle(struct task *task)
{
	if (task->pending.sock >= 0)
		sockid_drop(task->pending.sock);
	task->pending.sock = -1;
	if (task->pending.slot >= 0)
		seal_free_slot(task->pending.seal, task->pending.slot);
	task->pending.slot = -1;
	task->pending.exit = NULL;
	task->pending.replaced = false;
	task->pending.out[0] = task->pending.out[1] = 0;
	task->pending.told = false;
}

void task_remove(struct task_table *table, struct task *task)
{
	HASH_DEL(table->head, task);
	task_settle(task);
	free(task->begun);
	drop_pidfd(task);
	drop_image(task);
	shown_free(task);
	free(task);
}

void task_remove_all(struct task_table *table)
{
	struct task *task, *next;

	HASH_ITER(hh, table->head, task, next)
	task_remove(table, task);
}

pid_t task_pid(struct task *task)
{
	if (!task->tgid) {
		pid_t tgid = proc_tgid(task->tid);

		task->tgid = tgid > 0 ? tgid : task->tid;
	}
	return task->tgid;
}

bool task_is_last(const struct task_table *table, struct task *task)
{
	struct task *other, *next;

	HASH_ITER(hh, table->head, other, next)
	{
		if (other != task && task_pid(other) == task_pid(task))
			return false;
	}
	return true;
}

struct image *task_image(struct task *task)
{
	if (!task->image)
		task->image = image_read(task->tid, task_pid(task), NULL);
	return task->image;
}

void task_inherit_image(struct task *child, const struct task *maker)
{
	child->own_filter |= maker->own_filter;
	if (child->domain_guessed)
		child->own_domain = false;
	child->own_domain |= maker->own_domain;
	child->domain_guessed = maker->domain_guessed;
	if (child->image || !maker->image)
		return;
	child->image = image_share(maker->image);
}

void task_found_image(struct task *task)
{
	(void)!task_image(task);
}

void task_execed(struct task *task)
{
	struct image *former = task->image;

	task_settle(task);
	drop_pidfd(task);
	task->tgid = task->tid;
	task->group_stopped = false;
	task->retries = 0;
	task->seal_at = 0;
	task->seal_failed = task->seal_doubted = task->seal_short = false;
	task->parked_until_ms = 0;
	task->interrupted.set = false;
	task->batch.set = false;
	task->has_passed = false;
	task->hold.set = false;
	task->repair.state = REPAIR_NONE;
	task->repair.shortened = false;
	task->was_stopped = false;
	task->changes_map = false;
	task->unmaps = task->dumpable = false;
	/* the first one was netjail itself */
	task->image = image_read(task->tid, task->tgid, former);
	image_drop(former);
}
