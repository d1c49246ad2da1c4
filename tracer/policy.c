/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/policy.c - the policy of a run in a few words, and what it takes to enforce it
 */
#include "tracer/policy.h"

#include <linux/capability.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "audit/sink.h"
#include "rules/ruleset.h"
#include "tracer/confine.h"
#include "tracer/tracer.h"

void policy_put(struct buf *buf, const struct run_config *config)
{
	size_t count = ruleset_count(config->rules);

	buf_printf(buf, "%zu rule%s, default %s", count, count == 1 ? "" : "s",
		   verdict_verb(ruleset_default(config->rules)));
	if (ruleset_default(config->rules) == VERDICT_REFUSE)
		buf_puts(buf, " (unix and netlink stay allowed)");
	if (config->dry_run)
		buf_puts(buf, "; dry run: nothing is refused");
	if (ruleset_uses_names(config->rules))
		buf_puts(buf, config->lookup ? "; names: /etc/hosts and own lookups"
					     : "; names: /etc/hosts");
	if (config->allow_io_uring)
		buf_puts(buf, "; calls made by io_uring are not seen");
}

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

/* With --dry-run nothing is refused, and no door is watched; with --watch any rules may
 * come. */
struct filter_options policy_options(const struct run_config *config, pid_t front)
{
	const struct ruleset *rules = config->rules;
	bool dry = config->dry_run, any = config->watch, logs = hub_logs(config->hub);

	return (struct filter_options){
		.all = config->all,
		.shows = config->all && config->shows,
		.listens = any || logs || ruleset_judges_bind(rules),
		.sockets = any || ruleset_judges_socket(rules),
		.keep_dumpable = !reads_everything(),
		.enforces = !dry && (any || ruleset_refuses(rules)),
		.peers = !dry && (any || ruleset_goes_elsewhere(rules)),
		.allow_io_uring = config->allow_io_uring,
		.accepts = logs,
		.self = {getpid(), front},
		.signals = config->attach || !confine_is_known(),
		.group = config->attach ? getpgid(front) : 0,
	};
}

void policy_raise_descriptor_limit(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
		limit.rlim_cur = limit.rlim_max;
		(void)!setrlimit(RLIMIT_NOFILE, &limit);
	}
}
