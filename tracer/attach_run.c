/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/attach_run.c - attaches to programs, watches them, leaves
 */
#include "tracer/attach_run.h"

#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/escape.h"
#include "base/msg.h"
#include "base/xalloc.h"
#include "names/lookup.h"
#include "tracer/attach.h"
#include "tracer/bell.h"
#include "tracer/found.h"
#include "tracer/front_shared.h"
#include "tracer/gate.h"
#include "tracer/hidden.h"
#include "tracer/leave.h"
#include "tracer/life.h"
#include "tracer/loop.h"
#include "tracer/outgoing.h"
#include "tracer/policy.h"
#include "tracer/proc.h"
#include "tracer/seal.h"
#include "tracer/tracer.h"

#define ASKS_MAX 3

/* ---- the tracer ---- */

/* Not those of which no thread could be had. */
static size_t count_watched(const struct tracer *tracer, const struct attached *attached)
{
	struct task *task, *next;
	size_t count = 0;

	for (size_t i = 0; i < attached->count; i++) {
		bool watched = false;

		HASH_ITER(hh, tracer->tasks.head, task, next)
		watched |= task->tgid == attached->pids[i];
		count += watched;
	}
	return count;
}

/* Whom, and what is not seen or held. */
static void put_coverage(struct buf *buf, const struct tracer *tracer,
			 const struct attached *attached)
{
	size_t processes = count_watched(tracer, attached);
	char name[EVENT_NAME_MAX];

	proc_comm(attached->pids[0], name);
	buf_puts(buf, "; attached to ");
	escape_put(buf, name, strnlen(name, sizeof(name)));
	buf_printf(buf, "[%d]", (int)attached->pids[0]);
	if (processes > 1)
		buf_printf(buf, " and %zu more", processes - 1);
	buf_printf(buf, " (%zu thread%s)", attached->threads,
		   attached->threads == 1 ? "" : "s");
	if (tracer->config->attach->no_children)
		buf_puts(buf, "; what they start is not watched");
	if (!tracer->config->attach->kill_on_exit)
		buf_puts(buf, "; if netjail is killed they go on unwatched");
	if (geteuid() != 0)
		buf_puts(buf, "; set-uid programs run without their rights");
}

/* Not all could be had, or netjail is to leave already: those that it has asked to stop
 * have to be let go with the same care. */
static void give_up(struct tracer *tracer, bool asked)
{
	tracer->ends_programs = asked && tracer->config->attach->kill_on_exit;
	leave_now();
	attach_release(tracer);
	loop_run(tracer);
}

static void begin(struct tracer *tracer, const struct attached *attached)
{
	const struct run_config *config = tracer->config;
	struct buf buf;

	buf_init(&buf, tracer->policy, sizeof(tracer->policy));
	policy_put(&buf, config);
	put_coverage(&buf, tracer, attached);
	if (!config->quiet)
		hub_note(config->hub, tracer->policy);
	if (config->attach->cut && !tracer->enforces)
		hub_note(config->hub, "--cut: no rule refuses anything, nothing is cut");
	hidden_find(tracer, attached->pids, attached->count);
	if (!life_begin(tracer)) {
		give_up(tracer, false);
		return;
	}
	for (size_t i = 0; i < attached->count; i++)
		life_attached(tracer, attached->pids[i]);
	found_tell(tracer, attached->pids, attached->count);
	tracer->started = true;
	tracer->ends_programs = config->attach->kill_on_exit;
	if (!leave_is_wanted())
		leave_listen(config->attach->for_ms);
	attach_release(tracer);
	loop_run(tracer);
}

static sem_t over;

/* Runs when the tracing thread ends, which lets the last tasks go: whatever is written
 * from here on keeps nobody waiting. */
static void *finish(void *context)
{
	struct tracer *tracer = context;
	struct task *task, *next;

	while (sem_wait(&over) != 0)
		;
	HASH_ITER(hh, tracer->tasks.head, task, next)
	{
		if (!tracer->ends_programs)
			life_left(tracer, task);
	}
	lookup_end(tracer->config->lookup);
	life_end(tracer);
	hub_close(tracer->config->hub);
	life_done(tracer);
	if (tracer->config->ended)
		tracer->config->ended(tracer->config->context);
	_exit(tracer->status.value);
}

/* A task that stops after the last look, for a signal that it ignores, goes on with an
 * EINTR: nothing comes between that look and the end of this thread, to which the kernel
 * leaves the rest (kernel/ptrace.c exit_ptrace). */
static _Noreturn void end(struct tracer *tracer)
{
	pthread_t finisher;
	sigset_t all, before;
	int failed = sem_init(&over, 0, 0);

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	if (!failed)
		failed = pthread_create(&finisher, NULL, finish, tracer);
	if (failed)
		_exit(EXIT_NETJAIL_FAILED);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	while (loop_look(tracer))
		loop_run(tracer);
	sem_post(&over);
	for (;;)
		syscall(SYS_exit, 0);
}

static int prepare(struct tracer *tracer, struct gate *gate)
{
	struct filter_options options =
		policy_options(tracer->config, tracer->front->front);
	int failed;

	/* What runs already may depend on a ring that it has. */
	options.allow_io_uring |= !options.enforces;
	failed = filter_build(&options, &gate->filter);
	if (failed) {
		msg_print("cannot build the filter: %s", strerror(-failed));
		return failed;
	}
	tracer->gate = gate;
	tracer->enforces = options.enforces;
	tracer->group = options.group;
	tracer->watches_peers = options.peers;
	tracer->seal = seal_new(true, &failed);
	if (!tracer->seal) {
		msg_print("cannot make the sealed memory: %s", strerror(-failed));
		return failed;
	}
	tracer->outgoing = xcalloc(1, sizeof(*tracer->outgoing));
	return 0;
}

static _Noreturn void trace(struct run_config *config, pid_t front)
{
	static struct tracer tracer;
	static struct gate gate;
	static struct attached attached;
	static struct front_link link;
	struct sigaction ignore = {.sa_handler = SIG_IGN};
	int failed;

	link.front = front;
	tracer.config = config;
	tracer.front = &link;
	tracer.status.value = EXIT_NETJAIL_FAILED;
	sigaction(SIGPIPE, &ignore, NULL);
	policy_raise_descriptor_limit();
	leave_listen(0);
	bell_listen(NULL);
	failed = prepare(&tracer, &gate);
	/* Nobody but root may read or trace netjail, what it watches least of all. */
	prctl(PR_SET_DUMPABLE, 0);
	if (!failed)
		failed = attach_all(&tracer, &attached);
	if (!failed || failed == -EINTR)
		tracer.status.value = 0;
	if (!failed)
		begin(&tracer, &attached);
	else if (tracer.tasks.head)
		give_up(&tracer, failed == -EINTR);
	attached_free(&attached);
	end(&tracer);
}

/* ---- the process that waits ---- */

static const int stopping[] = {SIGTSTP, SIGTTIN, SIGTTOU};

/* Started by nohup(1). Of other signals a shell decides that has no job control. */
static bool ignores_hangup(void)
{
	struct sigaction action;

	return sigaction(SIGHUP, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

/* What ends a process by default, and SIGCHLD. Job control stops this process alone. */
static void fill_signals(sigset_t *set)
{
	static const int harmless[] = {SIGCONT, SIGURG, SIGWINCH};

	sigemptyset(set);
	for (int sig = 1; sig <= SIGRTMAX; sig++)
		if (front_forwards(sig))
			sigaddset(set, sig);
	for (size_t i = 0; i < ARRAY_LEN(harmless); i++)
		sigdelset(set, harmless[i]);
	for (size_t i = 0; i < ARRAY_LEN(stopping); i++)
		sigdelset(set, stopping[i]);
	if (ignores_hangup())
		sigdelset(set, SIGHUP);
	sigaddset(set, SIGCHLD);
}

static _Noreturn void wait_for_tracer(pid_t tracer, const sigset_t *set)
{
	int status, sig, asks = 0;

	for (;;) {
		if (waitpid(tracer, &status, WNOHANG) == tracer)
			break;
		if (sigwait(set, &sig) != 0 || sig == SIGCHLD)
			continue;
		kill(tracer, ++asks < ASKS_MAX ? SIGTERM : SIGKILL);
	}
	if (WIFSIGNALED(status))
		msg_die("the tracer has died: the programs go on unwatched");
	exit(WEXITSTATUS(status));
}

/* In a process group of its own, and what a terminal sends is blocked; in no session of
 * its own: the scheduler shares the CPU out between sessions (sched(7), autogroup), and a
 * tracer would wait for its share at each call of a program of this one. The program may
 * make the group the terminal's: tracer/self keeps O_ASYNC from it. */
static void live_apart(sigset_t *blocked)
{
	/* Stops are asked for with waitpid(2): a signal for each costs time. */
	struct sigaction untold = {.sa_handler = SIG_DFL, .sa_flags = SA_NOCLDSTOP};

	setpgid(0, 0);
	sigaction(SIGCHLD, &untold, NULL);
	for (size_t i = 0; i < ARRAY_LEN(stopping); i++)
		sigaddset(blocked, stopping[i]);
	sigdelset(blocked, SIGCHLD);
	sigdelset(blocked, SIGTERM);
	sigdelset(blocked, SIGALRM);
	sigprocmask(SIG_SETMASK, blocked, NULL);
}

void attach_run(struct run_config *config)
{
	pid_t front = getpid(), pid;
	sigset_t set, before;

	fill_signals(&set);
	sigprocmask(SIG_BLOCK, &set, &before);
	pid = fork();
	if (pid < 0)
		msg_die("cannot fork: %s", strerror(errno));
	if (pid) {
		prctl(PR_SET_DUMPABLE, 0);
		wait_for_tracer(pid, &set);
	}
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != front)
		_exit(EXIT_NETJAIL_FAILED);
	live_apart(&set);
	trace(config, front);
}
