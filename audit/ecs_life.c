/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/ecs_life.c - runs, processes and the ends of connections as lines of the log
 */
#include <assert.h>
#include <elf.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "audit/ecs.h"
#include "audit/ecs_put.h"
#include "audit/life.h"
#include "audit/who.h"
#include "base/buf.h"

static json_t *texts(char *const *words, size_t count)
{
	json_t *array = json_array();

	for (size_t i = 0; i < count; i++)
		(void)json_array_append_new(array, ecs_text(words[i], strlen(words[i])));
	return array;
}

/* ---- runs ---- */

static size_t words_of(char *const *argv)
{
	size_t count = 0;

	while (argv[count])
		count++;
	return count;
}

static void put_policy(json_t *root, const struct run_facts *run)
{
	json_t *paths = json_array(), *coverage = json_array();

	for (size_t i = 0; i < run->policy_count; i++)
		(void)json_array_append_new(
			paths,
			ecs_text(run->policy_paths[i], strlen(run->policy_paths[i])));
	for (size_t i = 0; i < run->coverage_count; i++)
		(void)json_array_append_new(
			coverage, ecs_text(run->coverage[i], strlen(run->coverage[i])));
	ecs_put(root, "netjail.policy.path", paths);
	ecs_put_text(root, "netjail.policy.sha256", run->policy_sha256);
	ecs_put_number(root, "netjail.policy.rules", (int64_t)run->rule_count);
	ecs_put_text(root, "netjail.policy.default", run->fallback);
	ecs_put(root, "netjail.coverage", coverage);
}

/* What attaches to them, again: "-p" "21,22". */
static json_t *pid_words(const struct run_facts *run)
{
	json_t *words = json_array();
	char text[1024];
	struct buf buf;

	buf_init(&buf, text, sizeof(text));
	for (size_t i = 0; i < run->pid_count; i++)
		buf_printf(&buf, "%s%d", i ? "," : "", (int)run->pids[i]);
	(void)json_array_append_new(words, json_string("-p"));
	(void)json_array_append_new(words, ecs_text(buf.data, buf.len));
	return words;
}

static void put_run_start(json_t *root, const struct life *life)
{
	json_t *pids = json_array();

	put_policy(root, life->run);
	for (size_t i = 0; i < life->run->pid_count; i++)
		(void)json_array_append_new(pids, json_integer(life->run->pids[i]));
	if (life->run->pid_count)
		ecs_put(root, "netjail.attached", json_incref(pids));
	ecs_put(root, "netjail.argv",
		life->run->pid_count ? pid_words(life->run)
				     : texts(life->run->argv, words_of(life->run->argv)));
	json_decref(pids);
}

static void put_ending(json_t *root, int exit_code, int sig)
{
	const char *name = sig ? sigabbrev_np(sig) : NULL;
	char text[24];

	if (!sig) {
		ecs_put_number(root, "process.exit_code", exit_code);
		return;
	}
	ecs_put_number(root, "process.exit_code", 128 + sig);
	snprintf(text, sizeof(text), name ? "SIG%s" : "%s%d", name ? name : "SIG", sig);
	ecs_put_text(root, "netjail.signal", text);
}

static void put_run_end(json_t *root, const struct life *life)
{
	put_policy(root, life->run);
	put_ending(root, life->run->exit_code, life->run->signal);
	ecs_put_number(root, "netjail.totals.calls", (int64_t)life->run->told);
	ecs_put_number(root, "netjail.totals.refused", (int64_t)life->run->refused);
}

static void put_rules(json_t *root, const struct life *life)
{
	put_policy(root, life->run);
}

/* ---- processes ---- */

static const char *elf_type(uint16_t type)
{
	static const char *const names[] = {"none", "rel", "exec", "dyn", "core"};

	return type < ARRAY_LEN(names) ? names[type] : "other";
}

static void put_elf(json_t *root, const struct elf_facts *elf)
{
	if (!elf->bits)
		return;
	ecs_put_text(root, "process.elf.header.class", elf->bits == 64 ? "64" : "32");
	ecs_put_text(root, "process.elf.header.type", elf_type(elf->type));
	ecs_put_number(root, "netjail.elf.machine", elf->machine);
	ecs_put_text(root, "netjail.elf.linkage", elf->dynamic ? "dynamic" : "static");
	if (*elf->interpreter)
		ecs_put_text(root, "netjail.elf.interpreter", elf->interpreter);
	if (*elf->build_id)
		ecs_put_text(root, "netjail.elf.build_id", elf->build_id);
	if (*elf->go_build_id)
		ecs_put_text(root, "netjail.elf.go_build_id", elf->go_build_id);
}

static void put_exec(json_t *root, const struct life *life)
{
	const struct who_image *image = life->who->image;
	char hex[DIGEST_HEX];

	ecs_put(root, "process.args", texts(image->args, image->arg_count));
	ecs_put_number(root, "process.args_count", (int64_t)image->arg_count);
	if (image->args_cut)
		ecs_put(root, "netjail.args_cut", json_true());
	ecs_put_text(root, "process.working_directory", image->directory);
	ecs_put(root, "process.env_vars", texts(image->env, image->env_count));
	ecs_put_number(root, "netjail.elf.size", (int64_t)image->size);
	if (image->hashed) {
		digest_hex(image->sha256, hex);
		ecs_put_text(root, "process.hash.sha256", hex);
	}
	if (*image->script)
		ecs_put_text(root, "netjail.script", image->script);
	if (*image->text)
		ecs_put_text(root, "netjail.inline", image->text);
	put_elf(root, &image->elf);
}

static void put_fork(json_t *root, const struct life *life)
{
	ecs_put_time(root, "process.start", &life->who->start);
}

static void put_exit(json_t *root, const struct life *life)
{
	ecs_put_time(root, "process.start", &life->who->start);
	ecs_put_time(root, "process.end", &life->time);
	put_ending(root, life->exit_code, life->signal);
}

/* ---- connections ---- */

static const char *const bytes_ways[] = {
	[BYTES_NONE] = "unknown",
	[BYTES_DESTROYED] = "destroyed-socket",
	[BYTES_ASKED] = "asked-at-end",
};
static_assert(ARRAY_LEN(bytes_ways) == BYTES_WAY_NUM_, "name each way");

static int64_t lasted(const struct timespec *from, const struct timespec *to)
{
	return (to->tv_sec - from->tv_sec) * INT64_C(1000000000) + to->tv_nsec -
	       from->tv_nsec;
}

static void put_close(json_t *root, const struct life *life)
{
	const struct closed *closed = life->closed;
	const char *transport = sockkind_name(&closed->sock);
	char cookie[24];

	ecs_put_text(root, "network.direction", closed->inbound ? "ingress" : "egress");
	if (transport)
		ecs_put_text(root, "network.transport", transport);
	ecs_put_text(root, "network.type",
		     closed->peer.inet.addr.family == ADDR_V4 ? "ipv4" : "ipv6");
	ecs_put_end(root, closed->inbound ? "source" : "destination", &closed->peer);
	ecs_put_end(root, closed->inbound ? "destination" : "source", &closed->local);
	ecs_put_number(root, closed->inbound ? "destination.bytes" : "source.bytes",
		       (int64_t)closed->sent);
	ecs_put_number(root, closed->inbound ? "source.bytes" : "destination.bytes",
		       (int64_t)closed->received);
	ecs_put_number(root, "event.duration", lasted(&closed->opened, &life->time));
	ecs_put_text(root, "netjail.bytes_from", bytes_ways[closed->way]);
	snprintf(cookie, sizeof(cookie), "%" PRIx64, closed->cookie);
	ecs_put_text(root, "netjail.socket.cookie", cookie);
}

/* ---- all of them ---- */

static const struct life_row {
	struct ecs_class class_;
	void (*put)(json_t *root, const struct life *life);
} rows[] = {
	[LIFE_RUN_START] =
		{{"event", {"configuration"}, {"info"}, "run-start", "success"},
		 put_run_start},
	[LIFE_RUN_END] = {{"event", {"process"}, {"info"}, "run-end", "success"},
			  put_run_end},
	[LIFE_RULES] = {{"event", {"configuration"}, {"info"}, "rules-loaded", "success"},
			put_rules},
	[LIFE_EXEC] = {{"event", {"process"}, {"start"}, "exec", "success"}, put_exec},
	[LIFE_FORK] = {{"event", {"process"}, {"start"}, "fork", "success"}, put_fork},
	[LIFE_ATTACH] = {{"event", {"process"}, {"info"}, "attach", "success"}, put_exec},
	[LIFE_EXIT] = {{"event", {"process"}, {"end"}, "exit", "success"}, put_exit},
	[LIFE_CLOSE] = {{"event", {"network"}, {"connection", "end"}, "close", "success"},
			put_close},
};
static_assert(ARRAY_LEN(rows) == LIFE_NUM_, "a row for each kind");

static void put_related(json_t *root, const struct life *life)
{
	const struct who *who = life->who;
	json_t *ips = json_array(), *hashes = json_array();
	char hex[DIGEST_HEX];

	if (life->closed) {
		ecs_add_once(ips, ecs_ip(&life->closed->peer));
		ecs_add_once(ips, ecs_ip(&life->closed->local));
	}
	if (who && who->image->hashed) {
		digest_hex(who->image->sha256, hex);
		ecs_add_once(hashes, hex);
	}
	ecs_put(root, "related.ip", ips);
	ecs_put(root, "related.hosts", json_array());
	ecs_put(root, "related.hash", hashes);
}

json_t *ecs_life(const struct ecs_run *run, const struct life *life)
{
	json_t *root = ecs_begin(run, &life->time, &rows[life->kind].class_);

	if (life->who)
		ecs_put_who(root, life->who, life->who->pid, life->tid, NULL);
	else
		ecs_put_who(root, NULL, life->tid, life->tid, "netjail");
	rows[life->kind].put(root, life);
	put_related(root, life);
	return root;
}
