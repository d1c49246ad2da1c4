/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/strace/strace.h - network calls as strace(1) prints them: --format strace
 *
 * Theory of operation
 *   Mechanism:  tracer/shown has a call's text made while the call stands at its stops,
 *               because what its pointers lead to is read then; strace_sink writes the
 *               line when the call ends.
 *   Invariants: MUST show the bytes that were judged: the reader that is given in puts
 *               them over what stands in the program's memory by now. Every byte of the
 *               program is escaped. What it differs in from strace 6.1 is in netjail(1).
 */
#ifndef NETJAIL_AUDIT_STRACE_STRACE_H
#define NETJAIL_AUDIT_STRACE_STRACE_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "audit/line.h"
#include "audit/sink.h"

struct buf;
struct strace_row;

/* As many elements of an array, and bytes of a text, are written. */
#define STRACE_MANY 32

/* A call whose arguments are written. */
struct strace {
	struct buf *out;
	/* Copies memory of the program; false when not all of it can be read. */
	bool (*read)(void *context, uint64_t at, void *to, size_t len);
	void *context;
	unsigned word; /* bytes of its pointers */
	const uint64_t *args;
	int64_t result; /* at the exit */
	/* What is for the call itself, from entry to exit. */
	bool complete; /* all arguments were written at the entry */
	uint64_t kept;
	int32_t rooms[STRACE_MANY]; /* for the names of received messages */
	char limit[80];
	char remark[96]; /* stands behind the result in brackets; "" = none */
};

/* How a call of that name is written, NULL when it is none of those. */
must_check const struct strace_row *strace_row(const char *call);
/* Appends "connect(" and what is known of the arguments at the entry. */
void strace_enter(const struct strace_row *row, struct strace *strace);
/* Appends what is known at the exit only, and ")". */
void strace_leave(const struct strace_row *row, struct strace *strace);
/* Appends what stands there when there is no exit: the task has died in the call. */
void strace_abandon(struct strace *strace);

/* "--- SIGCHLD {...} ---"; `call` is the name of what SIGSYS is about, NULL = unknown. */
void strace_put_signal(struct buf *out, const siginfo_t *info, const char *call);
/* "--- stopped by SIGSTOP ---" */
void strace_put_stopped(struct buf *out, int sig);
/* "+++ exited with 0 +++", by a status as wait(2) has it. */
void strace_put_ended(struct buf *out, int status);

/* The state for strace_sink, which writes to `fd` (stays the caller's). With `file`, each
 * line begins with the process as in strace -o; else only while there are several. */
extern const struct sink_ops strace_sink;
must_check void *strace_sink_new(int fd, bool file, const struct line_style *style);

#endif
