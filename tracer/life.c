/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/life.c - what only a log wants to know: processes, sockets, times, begin and end
 */
#include "tracer/life.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>

#include "base/msg.h"
#include "base/xalloc.h"
#include "rules/ruleset.h"
#include "tracer/call.h"
#include "tracer/shown.h"
#include "tracer/sockid.h"
#include "tracer/traffic.h"
#include "tracer/unwind.h"
#include "tracer/who.h"

static bool tell(struct tracer *tracer, struct life *life)
{
	clock_gettime(CLOCK_REALTIME, &life->time);
	return hub_life(tracer->config->hub, life);
}

static void tell_closed(void *context, const struct closed *closed, const struct who *who)
{
	struct life life = {
		.kind = LIFE_CLOSE, .tid = who->pid, .who = who, .closed = closed};

	(void)tell(context, &life);
}

/* ---- the run ---- */

static void add_coverage(struct run_facts *facts, bool applies, const char *sentence)
{
	if (applies && facts->coverage_count < LIFE_COVERAGE_MAX)
		facts->coverage[facts->coverage_count++] = sentence;
}

static void describe_coverage(struct tracer *tracer)
{
	const struct run_config *config = tracer->config;
	const struct attach_config *attach = config->attach;
	struct run_facts *facts = &tracer->facts;

	add_coverage(facts, true,
		     "names: DNS questions and answers and TLS names are not visible");
	add_coverage(facts, !attach,
		     "connected sockets that the program was given when it was started");
	add_coverage(facts, attach, "what happened before netjail attached");
	add_coverage(facts, attach && attach->no_children, "what the programs start");
	add_coverage(facts, attach && !attach->kill_on_exit,
		     "if netjail is killed the programs go on unwatched");
	add_coverage(facts, config->dry_run, "dry run: nothing is refused");
	add_coverage(facts, true,
		     "what helpers do that the program asks over AF_UNIX sockets");
	add_coverage(facts, true, "sends on connected sockets are not told one by one");
	add_coverage(facts, !tracer->enforces,
		     "ways round the jail: no rule can refuse anything, so they are "
		     "not watched");
	add_coverage(
		facts, !traffic_hears(tracer->traffic),
		"bytes of connections: without CAP_NET_ADMIN the kernel does not say "
		"which sockets end");
	add_coverage(facts, config->allow_io_uring, "network calls made by io_uring");
	add_coverage(facts, !tracer->seal,
		     "no mseal(2): AF_UNIX peers see netjail's process id");
	add_coverage(facts, tracer->enforces && !tracer->confined,
		     "no Landlock scope: /proc/PID/mem of others is open to the program");
	add_coverage(facts, tracer->no_new_privs || (attach && geteuid() != 0),
		     "set-uid programs run without their rights");
	for (size_t i = 0; i < tracer->hidden.count; i++)
		add_coverage(facts, true, tracer->hidden.texts[i]);
}

static void describe_rules(struct tracer *tracer)
{
	const struct ruleset *rules = tracer->config->rules;
	uint8_t digest[DIGEST_LEN];

	ruleset_digest(rules, digest);
	digest_hex(digest, tracer->facts.policy_sha256);
	tracer->facts.rule_count = ruleset_count(rules);
	tracer->facts.fallback = verdict_verb(ruleset_default(rules));
}

void life_rules(struct tracer *tracer)
{
	struct life life = {.kind = LIFE_RULES, .run = &tracer->facts};

	if (!tracer->who)
		return;
	describe_rules(tracer);
	life.tid = getpid();
	(void)tell(tracer, &life);
}

bool life_begin(struct tracer *tracer)
{
	const struct run_config *config = tracer->config;
	struct life life = {.kind = LIFE_RUN_START, .run = &tracer->facts};

	if (!hub_logs(config->hub))
		return true;
	tracer->who = who_table_new(config->run_id);
	tracer->traffic = traffic_new(tell_closed, tracer);
	tracer->facts = config->facts;
	if (config->stacks != STACKS_NONE)
		tracer->unwinder = unwinder_new();
	tracer->facts.argv = config->argv;
	if (config->attach) {
		tracer->facts.pids = config->attach->pids;
		tracer->facts.pid_count = config->attach->count;
	}
	describe_rules(tracer);
	describe_coverage(tracer);
	/* A file size limit is an error of write(2), as a full disk is. */
	signal(SIGXFSZ, SIG_IGN);
	life.tid = getpid();
	tracer->unlogged = !tell(tracer, &life);
	if (tracer->unlogged)
		tracer->status = (struct front_status){false, EXIT_NETJAIL_FAILED};
	return !tracer->unlogged;
}

void life_end(struct tracer *tracer)
{
	struct life life = {.kind = LIFE_RUN_END, .run = &tracer->facts};

	if (!tracer->who)
		return;
	traffic_end(tracer->traffic);
	if (tracer->unlogged)
		tracer->status = (struct front_status){false, EXIT_NETJAIL_FAILED};
	tracer->facts.exit_code = tracer->status.value;
	if (tracer->status.by_signal) {
		tracer->facts.exit_code = -1;
		tracer->facts.signal = tracer->status.value;
	}
	life.tid = getpid();
	(void)tell(tracer, &life); /* the sink has said why it cannot */
}

void life_done(struct tracer *tracer)
{
	who_table_free(tracer->who);
	unwinder_free(tracer->unwinder);
	traffic_free(tracer->traffic);
	hidden_free(&tracer->hidden);
	tracer->traffic = NULL;
	tracer->unwinder = NULL;
	tracer->who = NULL;
}

/* ---- processes ---- */

void life_forked(struct tracer *tracer, struct task *child, struct task *maker)
{
	struct life life = {.kind = LIFE_FORK, .tid = child->tid};

	if (!tracer->who || task_pid(child) != child->tid) /* a thread is no process */
		return;
	if (who_known(tracer->who, child->tid)) /* see caller_of */
		return;
	life.who = who_forked(tracer->who, child->tid, task_pid(maker), child->image);
	if (life.who)
		(void)tell(tracer, &life);
}

/* What a process executes, by the task that has its number; NULL when there is none. */
static const struct image *image_of(const struct tracer *tracer, pid_t pid)
{
	const struct task *task = task_find(&tracer->tasks, pid);

	return task ? task->image : NULL;
}

/* Who makes a call. A new process may make one, and even end, before the fork that made
 * it is reported: its beginning is told first. */
static const struct who *caller_of(struct tracer *tracer, pid_t pid)
{
	struct life life = {.kind = LIFE_FORK, .tid = pid};
	const struct who *who = who_known(tracer->who, pid);

	if (who || pid == tracer->first)
		return who ? who : who_get(tracer->who, pid, image_of(tracer, pid));
	life.who = who_get(tracer->who, pid, image_of(tracer, pid));
	if (life.who)
		(void)tell(tracer, &life);
	return life.who;
}

void life_execed(struct tracer *tracer, struct task *task)
{
	struct life life = {.kind = LIFE_EXEC, .tid = task->tid};

	if (!tracer->who)
		return;
	life.who = who_execed(tracer->who, task_pid(task), task->image);
	if (tracer->unwinder)
		unwind_forget(tracer->unwinder, task_pid(task));
	if (life.who)
		(void)tell(tracer, &life);
}

void life_attached(struct tracer *tracer, pid_t pid)
{
	struct life life = {.kind = LIFE_ATTACH, .tid = pid};

	if (!tracer->who)
		return;
	life.who = who_get(tracer->who, pid, image_of(tracer, pid));
	if (life.who)
		(void)tell(tracer, &life);
}

void life_ended(struct tracer *tracer, struct task *task,
		const struct front_status *status)
{
	struct life life = {.kind = LIFE_EXIT, .tid = task->tid};

	if (!tracer->who)
		return;
	traffic_drain(tracer->traffic);
	life.who = who_known(tracer->who, task_pid(task));
	if (!life.who || !task_is_last(&tracer->tasks, task))
		return;
	life.exit_code = status->by_signal ? -1 : status->value;
	life.signal = status->by_signal ? status->value : 0;
	(void)tell(tracer, &life);
	if (tracer->unwinder)
		unwind_forget(tracer->unwinder, task_pid(task));
	who_gone(tracer->who, task_pid(task));
}

void life_exiting(struct tracer *tracer, struct task *task)
{
	struct front_status status;
	unsigned long code;

	/* ptrace(2): the message of PTRACE_EVENT_EXIT is a status as of wait(2) */
	if (!tracer->who || ptrace(PTRACE_GETEVENTMSG, task->tid, 0L, &code) != 0)
		return;
	status.by_signal = WIFSIGNALED((int)code);
	status.value = status.by_signal ? WTERMSIG((int)code) : WEXITSTATUS((int)code);
	if (task_pid(task) != tracer->first)
		(void)caller_of(tracer, task_pid(task));
	life_ended(tracer, task, &status);
}

/* ---- calls ---- */

void life_call_begins(const struct tracer *tracer, struct event *event)
{
	if (tracer->who)
		clock_gettime(CLOCK_MONOTONIC, &event->begin);
}

/* False when there is a log, and it cannot be written. */
static bool announce(struct call *call)
{
	struct tracer *tracer = call->tracer;
	struct event *event = &call->event;

	/* A connect that is to time out goes nowhere. */
	if (!tracer->who || event_is_refused(event))
		return true;
	clock_gettime(CLOCK_REALTIME, &event->time);
	event->tid = call->task->tid;
	event->pid = task_pid(call->task);
	if (call->task->image)
		memcpy(event->name, call->task->image->name, sizeof(event->name));
	event->who = caller_of(tracer, event->pid);
	if (hub_announce(tracer->config->hub, event))
		return true;
	event->reason = "the log cannot be written";
	return false;
}

bool life_announce(struct call *call)
{
	/* One that waits for room has been announced; netlink reaches nobody. */
	if (call->task->retries || call->event.sock.domain == AF_NETLINK)
		return true;
	if (!announce(call))
		return false;
	life_call_waits(call);
	return true;
}

void life_call_waits(struct call *call)
{
	struct task *task = call->task;

	if (!call->tracer->gate || !call->event.judged)
		return;
	task->begun = xreallocarray(task->begun, 1, sizeof(*task->begun));
	*task->begun = call->event;
}

void life_call_ended(struct task *task)
{
	free(task->begun);
	task->begun = NULL;
}

void life_left(struct tracer *tracer, struct task *task)
{
	struct event event;

	if (task->interrupted.set && !task->interrupted.by_leave &&
	    task->repair.state != REPAIR_REWOUND) {
		interrupted_tell(tracer, task);
	} else if (task->begun && (task->interrupted.set || task->pending.exit ||
				   task->retries || task->hold.set)) {
		event = *task->begun;
		event.left = true;
		call_tell(tracer, task, &event, 0);
	}
	shown_left(tracer, task);
}

void life_note_socket(const struct tracer *tracer, struct event *event, int sock)
{
	if (!tracer->who || sock < 0 || !sockkind_is_inet(&event->sock))
		return;
	event->has_local = sockid_local(sock, &event->local) == 0;
	/* A connect that failed leaves the socket without an address. */
	if (event->has_end && addr_is_unspecified(&event->local.inet.addr))
		event->has_local = false;
	event->cookie = sockid_cookie(sock);
}

void life_accepted(struct tracer *tracer, struct task *task, struct event *event, int fd)
{
	cleanup_sock int sock = -1;

	if (!tracer->who)
		return;
	sock = sockid_take(task, fd);
	if (sock < 0 || sockid_kind(sock, &event->sock) != 0)
		return;
	life_note_socket(tracer, event, sock);
	if (!event->has_end)
		event->has_end = sockid_peer(sock, &event->end) == 0;
}

/* A connection that has begun, by connect(2), a fast open or accept(2). */
static void note_connection(struct tracer *tracer, const struct event *event)
{
	bool inbound = strncmp(event->call, "accept", 6) == 0;

	if (inbound || strcmp(event->call, "connect") == 0 ||
	    event->shape == EVENT_FD_BYTES_END)
		traffic_opened(tracer->traffic, event, inbound);
}

void life_fill(struct tracer *tracer, struct event *event)
{
	struct timespec now;

	if (!tracer->who)
		return;
	event->who = caller_of(tracer, event->pid);
	traffic_drain(tracer->traffic);
	if (!event->evasion && !event_is_refused(event) &&
	    (event->result >= 0 || event->result == -EINPROGRESS))
		note_connection(tracer, event);
	if (tracer->unwinder && (tracer->config->stacks == STACKS_ALL || event->evasion ||
				 event_is_refused(event)))
		event->stack = unwind(tracer->unwinder, event->pid, event->tid);
	if (!event->begin.tv_sec)
		return;
	clock_gettime(CLOCK_MONOTONIC, &now);
	event->duration =
		(uint64_t)((now.tv_sec - event->begin.tv_sec) * INT64_C(1000000000) +
			   now.tv_nsec - event->begin.tv_nsec);
}
