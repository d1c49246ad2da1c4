/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/run.c - one run from its start to its end: launch, loop, how it ended
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include "base/buf.h"
#include "base/escape.h"
#include "base/msg.h"
#include "base/xalloc.h"
#include "names/lookup.h"
#include "rules/ruleset.h"
#include "tracer/ask.h"
#include "tracer/filter.h"
#include "tracer/handed.h"
#include "tracer/launch.h"
#include "tracer/life.h"
#include "tracer/loop.h"
#include "tracer/outgoing.h"
#include "tracer/passed.h"
#include "tracer/policy.h"
#include "tracer/reload.h"
#include "tracer/seal.h"
#include "tracer/tracer.h"

/* The trace's first line: the policy, and what this run does not see or hold. */
static void describe_policy(struct tracer *tracer, const struct launched *launched)
{
	const struct run_config *config = tracer->config;
	struct buf buf;

	buf_init(&buf, tracer->policy, sizeof(tracer->policy));
	policy_put(&buf, config);
	if (!tracer->seal)
		buf_puts(&buf, "; no mseal(2): AF_UNIX peers see netjail's pid");
	if (tracer->enforces && !launched->confined)
		buf_puts(&buf,
			 "; no Landlock scope: /proc/PID/mem of others is open to it");
	if (launched->no_new_privs)
		buf_puts(&buf, "; set-uid programs run without their rights");
}

static struct front_status failed_status(int status)
{
	return (struct front_status){.by_signal = false, .value = status};
}

/* The program never ran: what execvp(3) said decides between 126 and 127. */
static struct front_status not_executed(const char *program, int error)
{
	char storage[512];
	struct buf name;

	buf_init(&name, storage, sizeof(storage));
	escape_put(&name, program, strlen(program));
	msg_print("cannot run '%s': %s", storage, strerror(error));
	return failed_status(error == ENOENT || error == ENOTDIR ? EXIT_NOT_FOUND
								 : EXIT_NOT_EXECUTABLE);
}

static struct front_status trace_program(struct tracer *tracer, struct launched *launched)
{
	const struct run_config *config = tracer->config;
	int error;

	describe_policy(tracer, launched);
	tracer->first = launched->pid;
	tracer->no_new_privs = launched->no_new_privs;
	tracer->confined = launched->confined;
	front_detach(tracer->front, launched->pid);
	/* Nobody but root may read or trace netjail, the program least of all. */
	prctl(PR_SET_DUMPABLE, 0);
	policy_raise_descriptor_limit();
	task_get(&tracer->tasks, launched->pid);
	if (!life_begin(tracer))
		kill(launched->pid, SIGKILL);
	loop_run(tracer);
	error = launch_exec_errno(launched);
	if (error)
		tracer->status = not_executed(config->argv[0], error);
	else if (config->strict && tracer->refused && !tracer->status.by_signal &&
		 tracer->status.value == 0)
		tracer->status = failed_status(EXIT_REFUSED);
	life_end(tracer);
	return tracer->status;
}

static struct front_status tracer_main(void *context, struct front_link *front)
{
	struct run_config *config = context;
	struct tracer tracer = {.config = config, .front = front};
	struct filter_options options = policy_options(config, front->front);
	struct front_status status = failed_status(EXIT_NETJAIL_FAILED);
	struct launched launched;
	struct filter filter;
	struct launch launch = {config->argv, &filter, options.enforces};
	int failed = filter_build(&options, &filter);

	if (failed) {
		msg_print("cannot build the seccomp filter: %s", strerror(-failed));
		return status;
	}
	tracer.enforces = options.enforces;
	reload_start(&tracer, &options);
	tracer.watches_peers = options.peers;
	tracer.seal = seal_new(false, &failed);
	tracer.outgoing = xcalloc(1, sizeof(*tracer.outgoing));
	if (options.enforces)
		passed_withhold_inherited(config);
	failed = launch_program(&launch, &launched);
	filter_free(&filter);
	if (!failed) {
		status = trace_program(&tracer, &launched);
		if (launched.listener >= 0)
			close(launched.listener);
	}
	lookup_end(config->lookup);
	ask_end(config->ask);
	hub_close(config->hub);
	task_remove_all(&tracer.tasks);
	reload_end(&tracer);
	peers_free(&tracer.peers);
	handed_free(tracer.handed);
	life_done(&tracer);
	if (config->ended)
		config->ended(config->context);
	free(tracer.outgoing);
	seal_free(tracer.seal);
	return status;
}

void run_program(struct run_config *config)
{
	front_run(tracer_main, config);
}
