/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/task.h - the threads under trace: the table that alone owns them
 *
 * Ownership: the table owns every task; a task owns its pidfd and the socket of a call in
 *            progress, and shares its image. Only tracer/loop removes a task, when its
 *            death or the exec that swallowed it is reported.
 */
#ifndef NETJAIL_TRACER_TASK_H
#define NETJAIL_TRACER_TASK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "arch/arch.h"
#include "audit/event.h"
#include "base/hash.h"
#include "tracer/eintr.h"
#include "tracer/image.h"
#include "tracer/interrupted.h"
#include "tracer/pending.h"
#include "tracer/stop.h"

struct shown_call;
struct tracer;
struct task;

struct task {
	pid_t tid;
	pid_t tgid; /* 0 until it is asked for: task_pid */
	int pidfd;  /* -1 until a socket is asked for */
	/* it names the process only: ask anew whether descriptors are shared */
	bool pidfd_once;
	bool group_stopped;
	bool was_stopped; /* a job control stop has ended; its SIGCONT may yet come */
	bool own_filter; /* of seccomp, the program's own: it may forbid replaced calls */
	/* it has restricted itself by Landlock, which does not hold netjail */
	bool own_domain;
	bool domain_guessed; /* its fork, or its maker's, has not been reported yet */
	bool seal_failed, seal_doubted; /* it cannot be mapped here; it may be gone */
	bool seal_short;                /* it cannot now, for want of room */
	uint64_t seal_at;               /* where it is mapped, 0 = not known */
	/* attach mode, where every call stops: tracer/gate, tracer/guard, tracer/leave */
	bool in_call;     /* past a syscall-entry stop, before its exit stop */
	bool awaited;     /* PTRACE_INTERRUPT has been asked for, its stop is to come */
	bool changes_map; /* its call may unmap something, or it is not known */
	bool unmaps;      /* its next call is to undo what is left in its memory */
	bool dumpable;    /* PR_SET_DUMPABLE 0 is put off until then */
	int64_t parked_until_ms; /* it stands at its stop for so long; 0 = not */
	enum stop_kind stop;     /* where it stands, or stood last */
	int held;                /* a wait status that is answered later, 0 = none */
	/* times the call in progress has waited for room: the back-off */
	unsigned retries;
	uint64_t table_since; /* tracer->clock when it got its table of descriptors */
	struct image *image;  /* NULL until the fork or exec that made it is reported */
	struct pending pending;
	struct interrupted interrupted;
	struct batch batch;
	struct arch_call
		passed; /* a filter of its own has let it, it is made again now */
	bool has_passed;
	struct event *begun; /* heap: a call that may outlast the watch (tracer/life) */
	struct held hold;
	struct repair repair;
	/* tracer/shown */
	struct shown_call *shown; /* its call as text, NULL = none yet */
	bool end_shown;
	bool leader_waits; /* its process's leader ended before it, untold */
	UT_hash_handle hh;
};

struct task_table {
	struct task *head;
};

/* The task, made when it is not there yet. */
struct task *task_get(struct task_table *table, pid_t tid);
/* The task or NULL. */
struct task *task_find(const struct task_table *table, pid_t tid);
void task_remove(struct task_table *table, struct task *task);
void task_remove_all(struct task_table *table);

/* The process a task belongs to. */
pid_t task_pid(struct task *task);

/* True when no other thread of its process is in the table: the process ends with it. */
must_check bool task_is_last(const struct task_table *table, struct task *task);

/* What it executes; read now when nobody saw its exec. */
must_check struct image *task_image(struct task *task);

/* A task that was attached to executes something already. */
void task_found_image(struct task *task);
/* A new task executes what its maker executes. */
void task_inherit_image(struct task *child, const struct task *maker);
/* After an exec: a new image, and nothing left of calls and descriptors of the time
 * before. */
void task_execed(struct task *task);

/* Ends a call in progress: closes its socket, forgets what was to be undone. */
void task_settle(struct task *task);

#endif
