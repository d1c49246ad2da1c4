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
#include "tracer/hidden.h"
#include "tracer/peers.h"
#include "tracer/task.h"

struct ask;
struct gate;
struct lookup;
struct names;
struct outgoing;
struct reload;
struct rule_error;
struct ruleset;
struct seal;
struct traffic;
struct unwinder;
struct who_table;

/* Which calls of a log carry their call stack. */
enum stacks { STACKS_DENIED = 0, STACKS_ALL, STACKS_NONE };

/* What is attached to, in place of a program that is started. */
struct attach_config {
	const pid_t *pids;
	size_t count;
	bool no_children;
	bool kill_on_exit;
	bool cut;        /* shut down connections that the rules refuse */
	uint64_t for_ms; /* leave after that time, 0 = never by itself */
};

struct run_config {
	struct ruleset *rules;
	struct names *names;   /* NULL: addresses are printed without names */
	struct ask *ask;       /* NULL: there is nobody */
	struct lookup *lookup; /* whose answers go there; NULL: nothing is looked up */
	struct hub *hub;
	bool allow_io_uring;
	bool all;   /* show also calls that name no end */
	bool shows; /* sinks want audit/shown: hub_call */
	/* loads the rules anew, NULL with the error filled; NULL: there is nothing to */
	struct ruleset *(*load)(const void *context, struct rule_error *ret_error);
	const void *load_context;
	bool watch;   /* a change of the rule files loads them, and any rules may come */
	bool quiet;   /* no first line about the policy */
	bool dry_run; /* decide and tell, let everything pass */
	bool kill;    /* a refusal ends the process group that was refused */
	bool strict;  /* after a refusal the run does not end with 0 */
	char *const *argv;
	const struct attach_config *attach; /* NULL: run mode */
	/* With a log: the id of this run, and what is known of it beforehand. */
	const char *run_id;
	struct run_facts facts;
	enum stacks stacks;
	/* Runs when all is over and the sinks are closed; NULL = nothing to do. */
	void (*ended)(void *context);
	void *context;
};

/* A socket of netjail's own that never answers: see tracer/act_elsewhere. */
struct dead_end {
	int sock, filler;
	uint16_t port; /* 0: not made yet */
};

struct tracer {
	struct run_config *config;
	struct task_table tasks;
	struct front_link *front;
	pid_t first;        /* the program; its descendants may outlive it */
	bool first_stopped; /* the program is stopped, as the front has been told */
	bool enforces;      /* something can be refused */
	bool net_rulesets;  /* a program has made a Landlock ruleset about connections */
	bool own_domains;   /* one has restricted itself by it: some task's own_domain */
	bool own_filters;   /* one has loaded a seccomp filter: some task's own_filter */
	bool confined;      /* signals of the program stay inside (Landlock) */
	bool no_new_privs;  /* set-uid programs run without their rights */
	bool started;       /* the program's first exec has been seen */
	char policy[512];
	struct gate *gate;  /* attach mode; NULL in run mode, where the kernel chooses */
	pid_t group;        /* attach mode: netjail's process group; else 0 */
	bool parks;         /* attach mode: some task may be kept at its stop */
	bool leaving;       /* attach mode: every task is being let go */
	bool ends_programs; /* attach mode: the programs end with netjail */
	struct front_status status;
	/* NULL: this kernel has no mseal(2); everything is carried out */
	int filters; /* seccomp filters that the program stood under when it began */
	struct seal *seal;
	uint64_t clock;        /* counts what has to be told apart by its time */
	struct handed *handed; /* tracer/handed; NULL: nothing yet */
	struct peers peers;    /* of sockets that were redirected */
	struct reload *reload;
	bool refused;                    /* something was */
	bool watches_peers;              /* the filter stops what shows them */
	struct dead_end dead_ends[2][2]; /* by stream, by IPv4 */
	struct outgoing *outgoing;       /* where the message being sent is copied to */
	struct traffic *traffic;         /* NULL: no log */
	struct unwinder *unwinder;       /* NULL: no stacks are wanted */
	struct who_table *who;           /* NULL: no log wants to know (tracer/life) */
	pid_t shown_open; /* whose call was begun last and is not told (tracer/shown) */
	bool shown_first; /* the end of `first` was told */
	struct run_facts facts;
	struct hidden hidden; /* attach mode: what goes past netjail */
	bool unlogged;        /* the log could not be begun: the program never ran */
};

/* Runs the program under trace and ends this process as the program ended. Never
 * returns. */
_Noreturn void run_program(struct run_config *config);

#endif
