/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/tracer.h - one run: what it was asked for, and the state of its tracer process
 */
#ifndef NETJAIL_TRACER_TRACER_H
#define NETJAIL_TRACER_TRACER_H

#include <stdbool.h>

#include "audit/sink.h"
#include "tracer/front.h"
#include "tracer/task.h"

struct gate;
struct names;
struct outgoing;
struct ruleset;
struct seal;

/* What is attached to, in place of a program that is started. */
struct attach_config {
	const pid_t *pids;
	size_t count;
	bool no_children;
	bool kill_on_exit;
	bool cut;        /* shut down connections that the rules refuse */
	unsigned for_ms; /* leave after that time, 0 = never by itself */
};

struct run_config {
	const struct ruleset *rules;
	const struct names *names; /* NULL: addresses are printed without names */
	struct hub *hub;
	bool allow_io_uring;
	bool all;   /* show also calls that name no end */
	bool quiet; /* no first line about the policy */
	char *const *argv;
	const struct attach_config *attach; /* NULL: run mode */
};

struct tracer {
	const struct run_config *config;
	struct task_table tasks;
	struct front_link *front;
	pid_t first;        /* the program; its descendants may outlive it */
	bool first_stopped; /* the program is stopped, as the front has been told */
	bool enforces;      /* something can be refused */
	bool confined;      /* signals of the program stay inside (Landlock) */
	bool no_new_privs;  /* set-uid programs run without their rights */
	bool started;       /* the program's first exec has been seen */
	char policy[512];
	struct gate *gate; /* attach mode; NULL in run mode, where the kernel chooses */
	bool leaving;      /* attach mode: every task is being let go */
	struct front_status status;
	/* NULL: this kernel has no mseal(2); everything is carried out */
	int filters; /* seccomp filters that the program stood under when it began */
	struct seal *seal;
	struct outgoing *outgoing; /* where the message being sent is copied to */
};

/* Runs the program under trace and ends this process as the program ended. Never
 * returns. */
_Noreturn void run_program(const struct run_config *config);

#endif
