/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/pending.h - what is kept of a task's call between its stops
 */
#ifndef NETJAIL_TRACER_PENDING_H
#define NETJAIL_TRACER_PENDING_H

#include <stdbool.h>
#include <stdint.h>

#include "arch/arch.h"
#include "audit/event.h"
#include "rules/request.h"

struct seal;
struct task;
struct tracer;

/* What stands between a call's entry and its exit stop. */
struct pending {
	/* Runs at the syscall-exit stop with what the call that ran returned; NULL: none
	 * wanted. */
	void (*exit)(struct tracer *tracer, struct task *task, int64_t result);
	struct arch_regs saved; /* counts when `replaced` */
	bool replaced;
	int sock;          /* our duplicate of the program's socket, -1 = none */
	int slot;          /* of the sealed memory, -1 = none */
	struct seal *seal; /* whose slot that is */
	int first_errno;   /* negative: what the first try of a blocking connect said */
	struct arch_call call; /* as the program made it, when `replaced` */
	struct event event;
	int64_t begun_ms; /* CLOCK_MONOTONIC */
	/* addresses in the program that the exit reads or writes; 0 = none */
	uint64_t out[2];
	uint32_t cap; /* room for an address in the program */
	bool told;    /* the call is worth a line */
	/* of a recvmmsg(2): messages that are asked for now, and those after them; one
	 * that brings fewer is the last */
	uint32_t asked, more;
	bool short_ends;
	uint64_t since; /* of a receive that may bring descriptors: tracer->clock */
	int64_t result; /* what the program is to see of a call that was made harmless */
};

/* A sendmmsg(2) or recvmmsg(2) until it has ended: the program makes its call again for
 * each message; `sent` of them are done. */
struct batch {
	bool set;
	struct arch_call call;
	struct arch_regs saved; /* as the program made the call */
	unsigned sent;
};

/* What was decided about the call that the task makes, for when it has to make it again:
 * it is decided once. */
struct held {
	bool set;
	struct arch_call call;
	enum request_kind kind;
	struct endpoint end;
	struct sockkind sock; /* another one may be under the number by then */
	struct decision decision;
	int64_t until_ms;  /* of a delay, and of a question; 0 = not begun */
	uint64_t question; /* 0 = not asked */
	bool allowed;      /* the answer to it */
};

#endif
