/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/hidden.c - attach mode: what a program has by which calls go past netjail
 */
#include "tracer/hidden.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "audit/life.h"
#include "audit/sink.h"
#include "base/buf.h"
#include "base/escape.h"
#include "base/fdio.h"
#include "base/xalloc.h"
#include "tracer/descriptors.h"
#include "tracer/tracer.h"

/* So many are told one by one. */
#define HIDDEN_MAX 64
static_assert(HIDDEN_MAX < LIFE_COVERAGE_MAX - 16, "the coverage has room for them");

static void note(struct tracer *tracer, const char *text)
{
	struct hidden *hidden = &tracer->hidden;

	hub_note(tracer->config->hub, text);
	if (hidden->count > HIDDEN_MAX)
		return;
	hidden->texts =
		xreallocarray(hidden->texts, hidden->count + 1, sizeof(*hidden->texts));
	if (hidden->count == HIDDEN_MAX)
		text = "more of this kind: see the notes";
	hidden->texts[hidden->count++] = xstrndup(text, strlen(text));
}

/* "name[pid]" */
static void put_program(struct buf *buf, const struct task *task, pid_t pid)
{
	if (task->image)
		escape_put(buf, task->image->name,
			   strnlen(task->image->name, sizeof(task->image->name)));
	buf_printf(buf, "[%d]", (int)pid);
}

static void note_filter(struct tracer *tracer, const struct task *task, pid_t pid)
{
	char text[256];
	struct buf buf;

	buf_init(&buf, text, sizeof(text));
	put_program(&buf, task, pid);
	buf_printf(&buf, " has a seccomp filter of its own: %s",
		   tracer->enforces ? "its AF_UNIX and netlink calls are refused"
				    : "who listens to it, if anybody, may answer calls");
	note(tracer, text);
}

/* proc(5) fdinfo "SqThread": a thread of the kernel's that needs no call. */
static bool polls_itself(pid_t pid, int fd)
{
	char path[64], text[4096];
	const char *line;

	snprintf(path, sizeof(path), "/proc/%d/fdinfo/%d", (int)pid, fd);
	if (fdio_read_small(path, text, sizeof(text)) < 0)
		return true;
	line = strstr(text, "\nSqThread:");
	return line && strtol(line + 10, NULL, 10) >= 0;
}

static void note_ring(struct tracer *tracer, const struct task *task, int fd)
{
	char text[256];
	struct buf buf;

	buf_init(&buf, text, sizeof(text));
	put_program(&buf, task, task->tid);
	buf_printf(&buf, " has an io_uring (descriptor %d): ", fd);
	if (polls_itself(task->tid, fd))
		buf_puts(&buf, "a thread of the kernel makes its calls, unseen");
	else if (!tracer->enforces || tracer->config->allow_io_uring)
		buf_puts(&buf, "its network calls are not seen");
	else
		buf_puts(&buf, "its calls are refused; '--allow io_uring' lets them run, "
			       "unseen");
	note(tracer, text);
}

static void look_at(void *context, struct task *task, int fd, const char *target)
{
	if (strcmp(target, "anon_inode:[io_uring]") == 0)
		note_ring(context, task, fd);
}

/* Threads have filters each; one that has one is enough to say so of the process. */
static void find_filter(struct tracer *tracer, pid_t pid)
{
	struct task *task, *next;

	HASH_ITER(hh, tracer->tasks.head, task, next)
	{
		if (task_pid(task) == pid && task->own_filter) {
			note_filter(tracer, task, pid);
			return;
		}
	}
}

void hidden_find(struct tracer *tracer, const pid_t *pids, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		find_filter(tracer, pids[i]);
		descriptors_visit(tracer, pids[i], look_at, tracer);
	}
}

void hidden_free(struct hidden *hidden)
{
	for (size_t i = 0; i < hidden->count; i++)
		free(hidden->texts[i]);
	free(hidden->texts);
	*hidden = (struct hidden){.count = 0};
}
