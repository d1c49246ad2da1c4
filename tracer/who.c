/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/who.c - learns which processes are under trace, once each, for the log
 */
#include "tracer/who.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "base/xalloc.h"
#include "tracer/proc.h"
#include "tracer/who_read.h"

struct process {
	pid_t pid;
	struct who who;
	UT_hash_handle hh;
};

struct who_table {
	struct process *head;
	struct hashes *hashes;
	char run_id[17];
};

struct who_table *who_table_new(const char *run_id)
{
	struct who_table *table = xcalloc(1, sizeof(*table));

	snprintf(table->run_id, sizeof(table->run_id), "%.16s", run_id);
	return table;
}

static struct process *find(const struct who_table *table, pid_t pid)
{
	struct process *process;

	HASH_FIND_INT(table->head, &pid, process);
	return process;
}

static void name_parent(const struct who_table *table, struct who *who)
{
	const struct process *parent = find(table, who->parent_pid);

	if (parent) {
		memcpy(who->parent_entity, parent->who.entity, sizeof(who->entity));
		who->parent_executable = xstrndup(parent->who.image->executable,
						  strlen(parent->who.image->executable));
	} else {
		who->parent_executable = who_read_executable(who->parent_pid);
	}
}

/* NULL when the process is gone. It has no image yet. */
static struct process *add(struct who_table *table, pid_t pid)
{
	struct process *process;
	uint64_t ticks;
	pid_t parent;

	if (!proc_born(pid, &ticks, &parent))
		return NULL;
	process = xcalloc(1, sizeof(*process));
	process->pid = process->who.pid = pid;
	process->who.parent_pid = parent;
	process->who.uid = who_read_uid(pid);
	process->who.start = who_time_of(ticks);
	snprintf(process->who.entity, sizeof(process->who.entity), "%s-%d-%" PRIu64,
		 table->run_id, (int)pid, ticks);
	name_parent(table, &process->who);
	HASH_ADD_INT(table->head, pid, process);
	return process;
}

const struct who *who_known(const struct who_table *table, pid_t pid)
{
	const struct process *process = find(table, pid);

	return process ? &process->who : NULL;
}

const struct who *who_get(struct who_table *table, pid_t pid, const struct image *image)
{
	struct process *process = find(table, pid);

	if (process)
		return &process->who;
	process = add(table, pid);
	if (!process)
		return NULL;
	process->who.image = who_read_image(pid, image, &table->hashes);
	return &process->who;
}

const struct who *who_forked(struct who_table *table, pid_t child, pid_t maker,
			     const struct image *image)
{
	struct process *process = find(table, child), *parent = find(table, maker);

	if (process)
		return &process->who;
	if (!parent)
		return who_get(table, child, image);
	process = add(table, child);
	if (!process)
		return NULL;
	process->who.image = parent->who.image;
	process->who.image->refs++;
	return &process->who;
}

const struct who *who_execed(struct who_table *table, pid_t pid,
			     const struct image *image)
{
	struct process *process = find(table, pid);

	if (!process)
		return who_get(table, pid, image);
	who_drop_image(process->who.image);
	process->who.image = who_read_image(pid, image, &table->hashes);
	process->who.uid = who_read_uid(pid);
	return &process->who;
}

static void drop(struct who_table *table, struct process *process)
{
	HASH_DEL(table->head, process);
	who_drop_image(process->who.image);
	free(process->who.parent_executable);
	free(process);
}

void who_gone(struct who_table *table, pid_t pid)
{
	struct process *process = find(table, pid);

	if (process)
		drop(table, process);
}

void who_table_free(struct who_table *table)
{
	struct process *process, *next;

	if (!table)
		return;
	HASH_ITER(hh, table->head, process, next)
	drop(table, process);
	who_free_hashes(&table->hashes);
	free(table);
}

struct who *who_keep(const struct who *who)
{
	struct who *copy = xcalloc(1, sizeof(*copy));

	*copy = *who;
	copy->image->refs++;
	copy->parent_executable =
		xstrndup(who->parent_executable, strlen(who->parent_executable));
	return copy;
}

void who_release(struct who *who)
{
	if (!who)
		return;
	who_drop_image(who->image);
	free(who->parent_executable);
	free(who);
}
