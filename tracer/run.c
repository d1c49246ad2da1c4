/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/run.c - one run from its start to its end: launch, loop, how it ended
 */
#include <errno.h>
#include <linux/capability.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "base/buf.h"
#include "base/escape.h"
#include "base/msg.h"
#include "base/xalloc.h"
#include "rules/ruleset.h"
#include "tracer/filter.h"
#include "tracer/launch.h"
#include "tracer/life.h"
#include "tracer/loop.h"
#include "tracer/outgoing.h"
#include "tracer/passed.h"
#include "tracer/seal.h"
#include "tracer/tracer.h"

/* True when netjail may read any process whatever its dumpable flag says (ptrace(2),
 * "Ptrace access mode checking"). */
static bool reads_everything(void)
{
	struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
	struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3];

	if (syscall(SYS_capget, &header, data) != 0)
		return false;
	return data[0].effective & (1u << CAP_SYS_PTRACE);
}

/* Each connection that is waited for holds a descriptor of ours. */
static void raise_descriptor_limit(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
		limit.rlim_cur = limit.rlim_max;
		(void)!setrlimit(RLIMIT_NOFILE, &limit);
	}
}

/* The trace's first line: the policy, and what this run does not see or hold. */
static void describe_policy(struct tracer *tracer, const struct launched *launched)
{
	const struct run_config *config = tracer->config;
	size_t count = ruleset_count(config->rules);
	struct buf buf;

	buf_init(&buf, tracer->policy, sizeof(tracer->policy));
	buf_printf(&buf, "%zu rule%s, default %s", count, count == 1 ? "" : "s",
		   verdict_verb(ruleset_default(config->rules)));
	if (ruleset_default(config->rules) == VERDICT_REFUSE)
		buf_puts(&buf, " (unix and netlink stay allowed)");
	if (!tracer->seal)
		buf_puts(&buf, "; no mseal(2): AF_UNIX peers see netjail's pid");
	if (config->allow_io_uring)
		buf_puts(&buf, "; calls made by io_uring are not seen");
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
	raise_descriptor_limit();
	task_get(&tracer->tasks, launched->pid);
	life_begin(tracer, launched);
	loop_run(tracer);
	error = launch_exec_errno(launched);
	if (error)
		tracer->status = not_executed(config->argv[0], error);
	life_end(tracer);
	return tracer->status;
}

static struct front_status tracer_main(void *context, struct front_link *front)
{
	const struct run_config *config = context;
	struct tracer tracer = {.config = config, .front = front};
	struct filter_options options = {
		.all = config->all,
		.listens = ruleset_judges_bind(config->rules) || hub_logs(config->hub),
		.sockets = ruleset_judges_socket(config->rules),
		.keep_dumpable = !reads_everything(),
		.enforces = ruleset_refuses(config->rules),
		.allow_io_uring = config->allow_io_uring,
		.accepts = hub_logs(config->hub),
		.self = {getpid(), front->front},
	};
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
	tracer.seal = seal_new(&failed);
	tracer.outgoing = xcalloc(1, sizeof(*tracer.outgoing));
	if (options.enforces)
		passed_withhold_inherited(config->rules, config->hub);
	failed = launch_program(&launch, &launched);
	filter_free(&filter);
	if (!failed) {
		status = trace_program(&tracer, &launched);
		if (launched.listener >= 0)
			close(launched.listener);
	}
	hub_close(config->hub);
	task_remove_all(&tracer.tasks);
	life_done(&tracer);
	if (config->ended)
		config->ended(config->context);
	free(tracer.outgoing);
	seal_free(tracer.seal);
	return status;
}

void run_program(const struct run_config *config)
{
	/* front_run hands it on as it came; nobody writes to it. */
	front_run(tracer_main, (void *)(uintptr_t)config);
}
