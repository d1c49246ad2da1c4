/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/proc.h - what /proc says of a task
 */
#ifndef NETJAIL_TRACER_PROC_H
#define NETJAIL_TRACER_PROC_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "audit/event.h"
#include "base/cleanup.h"

/* The process a thread belongs to; -errno. */
must_check pid_t proc_tgid(pid_t tid);

/* The task's name (proc(5) comm), "?" when it cannot be read. The program chose these
 * bytes. */
void proc_comm(pid_t tid, char ret_name[static EVENT_NAME_MAX]);

/* The user with whose rights the task makes calls (proc(5) Uid, the second); -1 when it
 * cannot be read. */
must_check int64_t proc_user(pid_t tid);

/* True when a signal of that number would be thrown away without a tracer: it is ignored,
 * or its default action is to be ignored and no handler is set. False when in doubt. */
must_check bool proc_ignores(pid_t tid, int sig);

/* True when the program has a handler for a signal of that number, or in doubt. */
must_check bool proc_catches(pid_t tid, int sig);

/* True when a signal of that number waits to be delivered to the process as a whole. */
must_check bool proc_is_pending(pid_t pid, int sig);

/* What a link in the process's folder points to ("exe", "cwd"), on the heap; NULL when it
 * cannot be read. */
must_check char *proc_link(pid_t pid, const char *name);

/* When it began, in clock ticks since the boot, and its parent; false when that cannot be
 * read. */
must_check bool proc_born(pid_t pid, uint64_t *ret_ticks, pid_t *ret_parent);

/* The lowest address that brk(2) can go down to (mm/mmap.c); 0 when it is not known. */
must_check uint64_t proc_heap(pid_t tid);

/* True when the process is dead or about to be: nothing of its program runs any more. */
must_check bool proc_is_ending(pid_t pid);

/* True when a signal waits that would do something: not blocked, not ignored. Those that
 * wait and are blocked, signal n by bit n - 1, in `ret_masked`. */
must_check bool proc_is_interrupted(pid_t tid, uint64_t *ret_masked);

/* What an attach wants to know of a task. */
struct proc_task {
	char state; /* proc(5) "State": R S D T t Z X; 0: there is no such task */
	pid_t tgid, parent;
	pid_t tracer; /* who traces it, 0 = nobody */
	uid_t uid[3]; /* real, effective, saved */
	gid_t gid[3];
	bool filtered; /* under a seccomp filter of its own */
};

must_check struct proc_task proc_task(pid_t tid);

/* True for a thread of the kernel's, or a worker of its for a process (io_uring). */
must_check bool proc_is_of_the_kernel(pid_t tid);

/* The process that a pidfd of ours names (proc(5) fdinfo "Pid"); -1 when it names
 * none. */
must_check int32_t proc_of_pidfd(int pidfd);

/* How many seccomp filters the task stands under (proc(5) Seccomp_filters, Linux 5.9);
 * -1 when it cannot be read. */
must_check int proc_seccomp_filters(pid_t tid);

/* True when the task is in a process id namespace below ours: the numbers it uses are
 * not ours. */
must_check bool proc_in_inner_namespace(pid_t tid);

/* True when `viewer`, a task of an inner process id namespace, knows the task by
 * `number`. */
must_check bool proc_is_called(pid_t tid, pid_t viewer, int32_t number);

/* True when the task may do exactly what netjail may: same user and group ids and
 * effective capabilities. False when in doubt. */
must_check bool proc_same_rights(pid_t tid);

/* True when both have one table of descriptors (clone(2) CLONE_FILES). */
must_check bool proc_share_files(pid_t a, pid_t b);

/* umask(2) of a task (proc(5), Linux 4.7); -1: unknown. */
must_check int proc_umask(pid_t tid);

#endif
