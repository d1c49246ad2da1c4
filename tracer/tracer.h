/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/tracer.h - one run: what it was asked for, and the state of its tracer process
 */
#ifndef NETJAIL_TRACER_TRACER_H
#define NETJAIL_TRACER_TRACER_H

#include <stdbool.h>

#include "audit/life.h"
#include "audit/sink.h"
#include "tracer/front.h"
#include "tracer/task.h"

struct names;
struct outgoing;
struct ruleset;
struct seal;
struct traffic;
struct unwinder;
struct who_table;

/* Which calls of a log carry their call stack. */
enum stacks { STACKS_DENIED = 0, STACKS_ALL, STACKS_NONE };

struct run_config {
	const struct ruleset *rules;
	const struct names *names; /* NULL: addresses are printed without names */
	struct hub *hub;
	bool allow_io_uring;
	bool all;   /* show also calls that name no end */
	bool quiet; /* no first line about the policy */
	char *const *argv;
	/* With a log: the id of this run, and what is known of it beforehand. */
	const char *run_id;
	struct run_facts facts;
	enum stacks stacks;
	/* Runs when all is over and the sinks are closed; NULL = nothing to do. */
	void (*ended)(void *context);
	void *context;
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
	char policy[256];
	struct front_status status;
	/* NULL: this kernel has no mseal(2); everything is carried out */
	int filters; /* seccomp filters that the program stood under when it began */
	struct seal *seal;
	struct outgoing *outgoing; /* where the message being sent is copied to */
	struct traffic *traffic;   /* NULL: no log */
	struct unwinder *unwinder; /* NULL: no stacks are wanted */
	struct who_table *who;     /* NULL: no log wants to know (tracer/life) */
	struct run_facts facts;
	bool unlogged; /* the log could not be begun: the program never ran */
};

/* Runs the program under trace and ends this process as the program ended. Never
 * returns. */
_Noreturn void run_program(const struct run_config *config);

#endif
