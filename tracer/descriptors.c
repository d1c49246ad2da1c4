/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/descriptors.c - what the processes of an attach have open
 */
#include "tracer/descriptors.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "tracer/proc.h"
#include "tracer/tracer.h"

static void visit_table(struct task *task, descriptor_fn visit, void *context)
{
	char path[64], target[64];
	struct dirent *entry;
	DIR *dir;

	snprintf(path, sizeof(path), "/proc/%d/fd", (int)task->tid);
	dir = opendir(path);
	while (dir && (entry = readdir(dir))) {
		ssize_t len =
			readlinkat(dirfd(dir), entry->d_name, target, sizeof(target) - 1);

		if (len < 0)
			continue;
		target[len] = 0;
		visit(context, task, (int)strtol(entry->d_name, NULL, 10), target);
	}
	if (dir)
		closedir(dir);
}

void descriptors_visit(struct tracer *tracer, pid_t pid, descriptor_fn visit,
		       void *context)
{
	struct task *task, *next;
	pid_t first = 0;

	HASH_ITER(hh, tracer->tasks.head, task, next)
	{
		if (task_pid(task) != pid ||
		    (first && proc_share_files(first, task->tid)))
			continue;
		first = first ? first : task->tid;
		visit_table(task, visit, context);
	}
}
