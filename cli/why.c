/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * cli/why.c - netjail why: which rule decides about a destination, and which are passed
 * over
 */
#include <netdb.h>
#include <netinet/in.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "base/buf.h"
#include "base/msg.h"
#include "base/xalloc.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "cli/policy.h"
#include "cli/replay.h"
#include "names/hosts.h"
#include "names/table.h"
#include "rules/explain.h"
#include "rules/name.h"
#include "rules/ruleset.h"

#define UNDER_MAX 16

struct why_options {
	struct policy policy;
	const char *exe, *script, *user;
	char *logs[2]; /* one, and NULL */
	struct ancestor under[UNDER_MAX];
	unsigned under_count;
	char args[8192]; /* each with a NUL; the first is the program's name */
	size_t args_len;
	bool bind, help;
};

/* ---- options ---- */

static bool set_rule(void *target, const char *arg)
{
	return policy_add_rule(&((struct why_options *)target)->policy, arg);
}

static bool set_file(void *target, const char *arg)
{
	return policy_add_file(&((struct why_options *)target)->policy, arg);
}

static bool set_exe(void *target, const char *arg)
{
	((struct why_options *)target)->exe = arg;
	return *arg;
}

static bool set_script(void *target, const char *arg)
{
	((struct why_options *)target)->script = arg;
	return *arg;
}

static bool set_under(void *target, const char *arg)
{
	struct why_options *options = target;

	if (options->under_count == UNDER_MAX)
		return false;
	options->under[options->under_count].exe = arg;
	options->under[options->under_count].next =
		options->under_count ? &options->under[options->under_count - 1] : NULL;
	options->under_count++;
	return *arg;
}

static bool set_arg(void *target, const char *arg)
{
	struct why_options *options = target;
	size_t size = strlen(arg) + 1;

	if (!options->args_len)
		options->args_len = 1;
	if (size > sizeof(options->args) - options->args_len)
		return false;
	memcpy(options->args + options->args_len, arg, size);
	options->args_len += size;
	return true;
}

static bool set_user(void *target, const char *arg)
{
	((struct why_options *)target)->user = arg;
	return *arg;
}

static bool set_log(void *target, const char *arg)
{
	struct why_options *options = target;

	free(options->logs[0]);
	options->logs[0] = xstrndup(arg, strlen(arg));
	return *arg;
}

static bool set_bind(void *target, const char *arg)
{
	((struct why_options *)target)->bind = true;
	return !arg;
}

static bool set_help(void *target, const char *arg)
{
	((struct why_options *)target)->help = true;
	return !arg;
}

static const struct option_row rows[] = {
	{'r', "rule", "RULE", "a rule, read before the files; may be repeated", set_rule},
	{0, "rules", "FILE", "a file of rules; may be repeated", set_file},
	{0, "exe", "PATH", "the executable that calls", set_exe},
	{0, "under", "PATH", "an executable that led to it; may be repeated", set_under},
	{0, "script", "PATH", "the script that it runs", set_script},
	{0, "arg", "TEXT", "an argument of it; may be repeated", set_arg},
	{0, "user", "NAME", "the user that calls", set_user},
	{0, "bind", NULL, "TARGET is a local address", set_bind},
	{0, "log", "LOG",
	 "of the calls of a log, instead: those that are not let through", set_log},
	{'h', "help", NULL, "this text", set_help},
};

static int print_help(void)
{
	puts("usage: netjail why [OPTION...] HOST:PORT[/PROTOCOL]\n"
	     "       netjail why [OPTION...] unix:PATH\n"
	     "       netjail why [OPTION...] --log LOG\n\n"
	     "Says which rule decides about such a call, and which are passed over.\n"
	     "HOST is an address or a name; PROTOCOL is tcp, udp, mptcp or sctp.\n");
	options_help(rows, ARRAY_LEN(rows));
	puts("\nExit status: 0 it is let through, 1 it is not, 125 netjail failed.");
	return 0;
}

/* ---- the target ---- */

struct wanted {
	struct request request;
	struct name name;
	struct addr addrs[16];
	unsigned addr_count;
};

static noreturn void wrong_target(const char *target)
{
	msg_die("'%s' is no destination; try '192.0.2.1:443', '[2001:db8::1]:53/udp', "
		"'example.com:443' or 'unix:/run/x.sock'",
		target);
}

static const struct {
	const char *name;
	int type, protocol;
} protocols[] = {
	{"tcp", SOCK_STREAM, IPPROTO_TCP},
	{"udp", SOCK_DGRAM, IPPROTO_UDP},
	{"mptcp", SOCK_STREAM, IPPROTO_MPTCP},
	{"sctp", SOCK_STREAM, IPPROTO_SCTP},
};

/* "/udp" at the end; tcp when there is none. */
static void read_protocol(struct wanted *wanted, char *target)
{
	char *slash = strrchr(target, '/');
	const char *name = slash ? slash + 1 : "tcp";
	size_t i = 0;

	while (i < ARRAY_LEN(protocols) && strcmp(protocols[i].name, name) != 0)
		i++;
	if (i == ARRAY_LEN(protocols))
		msg_die("unknown protocol '%s'; expected tcp, udp, mptcp or sctp", name);
	if (slash)
		*slash = '\0';
	wanted->request.sock.type = protocols[i].type;
	wanted->request.sock.protocol = protocols[i].protocol;
}

static void add_addr(void *context, const struct addr *addr)
{
	struct wanted *wanted = context;

	for (unsigned i = 0; i < wanted->addr_count; i++)
		if (addr_equal(&wanted->addrs[i], addr))
			return;
	if (wanted->addr_count < ARRAY_LEN(wanted->addrs))
		wanted->addrs[wanted->addr_count++] = *addr;
}

/* What the C library says, as the program's own lookup would. */
static void look_up(struct wanted *wanted)
{
	struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *list = NULL;

	if (getaddrinfo(wanted->name.text, NULL, &hints, &list) != 0)
		return;
	for (const struct addrinfo *at = list; at; at = at->ai_next) {
		struct sockaddr_in6 v6;
		struct sockaddr_in v4;
		struct addr addr = {.family = ADDR_NONE};

		if (at->ai_family == AF_INET) {
			memcpy(&v4, at->ai_addr, sizeof(v4));
			addr = addr_from_v4((const uint8_t *)&v4.sin_addr);
		} else if (at->ai_family == AF_INET6) {
			memcpy(&v6, at->ai_addr, sizeof(v6));
			addr = addr_from_v6(v6.sin6_addr.s6_addr, 0);
		}
		if (addr.family != ADDR_NONE)
			add_addr(wanted, &addr);
	}
	freeaddrinfo(list);
}

static void read_host(struct wanted *wanted, const struct names *names, const char *host,
		      size_t len, const char *target)
{
	struct addr addr;

	if (len > 2 && host[0] == '[' && host[len - 1] == ']') {
		host++;
		len -= 2;
	}
	if (addr_parse(host, len, &addr)) {
		add_addr(wanted, &addr);
		return;
	}
	if (name_parse((struct span){host, len}, &wanted->name) ||
	    wanted->name.covers != NAME_SELF)
		wrong_target(target);
	names_addresses(names, wanted->name.text, add_addr, wanted);
	if (!wanted->addr_count)
		look_up(wanted);
	wanted->request.names[wanted->request.name_count++] = wanted->name.text;
}

static void read_ip(struct wanted *wanted, const struct names *names, const char *target)
{
	cleanup_free char *copy = xstrndup(target, strlen(target));
	char *colon;

	read_protocol(wanted, copy);
	colon = strrchr(copy, ':');
	if (!colon || !colon[1] || strlen(colon) > 6 ||
	    strspn(colon + 1, "0123456789") != strlen(colon + 1) ||
	    strtoul(colon + 1, NULL, 10) > UINT16_MAX)
		wrong_target(target);
	wanted->request.end.inet.port = (uint16_t)strtoul(colon + 1, NULL, 10);
	read_host(wanted, names, copy, (size_t)(colon - copy), target);
}

static void read_unix(struct wanted *wanted, const char *path)
{
	struct endpoint *end = &wanted->request.end;
	size_t len = strlen(path);

	if (len == 0 || len > sizeof(end->un.path))
		msg_die("'%s' is no name of an AF_UNIX socket", path);
	wanted->request.sock = (struct sockkind){AF_UNIX, SOCK_STREAM, 0};
	end->family = AF_UNIX;
	memcpy(end->un.path, path, len);
	end->un.path_len = (uint8_t)len;
	end->un.abstract = path[0] == '@';
	if (end->un.abstract)
		end->un.path[0] = '\0';
}

static int64_t user_of(const char *name)
{
	struct passwd entry, *found = NULL;
	char storage[4096], *end;
	long number = strtol(name, &end, 10);

	if (!*end && number >= 0)
		return number;
	(void)getpwnam_r(name, &entry, storage, sizeof(storage), &found);
	if (!found)
		msg_die("unknown user '%s'", name);
	return found->pw_uid;
}

/* ---- the answer ---- */

static void print_passed(void *context, const struct explained *rule)
{
	(void)context;
	printf("  %-20s %s\n  %-20s   passed over: %s\n", rule->id, rule->text, "",
	       rule->why);
}

/* True when it is let through. */
static bool explain(const struct ruleset *set, const struct request *request)
{
	struct decision decision;
	char storage[256];
	struct buf buf;

	buf_init(&buf, storage, sizeof(storage));
	endpoint_put(&buf, &request->end);
	printf("%s", storage);
	for (unsigned i = 0; i < request->name_count; i++)
		printf(" [%s]", request->names[i]);
	puts("");
	decision = explain_decision(set, request, print_passed, NULL);
	printf("%s %s%s%s\n", verdict_verb(decision.verdict), decision.rule_id,
	       *decision.rule_text ? "   " : "", decision.rule_text);
	return verdict_lets_through(decision.verdict);
}

static bool explain_each(const struct ruleset *set, const struct names *names,
			 struct wanted *wanted)
{
	struct request *request = &wanted->request;
	unsigned named = request->name_count;
	bool all = true;

	if (!wanted->addr_count) {
		msg_print("'%s' has no known address: rules about addresses are passed "
			  "over",
			  wanted->name.text);
		wanted->addrs[wanted->addr_count++].family = ADDR_NONE;
	}
	for (unsigned i = 0; i < wanted->addr_count; i++) {
		bool v6 = wanted->addrs[i].family == ADDR_V6;

		request->sock.domain = v6 ? AF_INET6 : AF_INET;
		request->end.family = (uint16_t)request->sock.domain;
		request->end.inet.addr = addr_canonical(wanted->addrs[i]);
		if (!named)
			request->name_count =
				names_all(names, &wanted->addrs[i], request->names,
					  REQUEST_NAMES_MAX);
		all &= explain(set, request);
	}
	return all;
}

static void read_facts(const struct why_options *options, struct program *program,
		       struct request *request)
{
	program->exe = options->exe;
	program->script = options->script ? options->script : "";
	program->args = options->args;
	program->args_len = options->args_len;
	if (options->under_count)
		program->ancestors = &options->under[options->under_count - 1];
	request->program = program;
	request->kind = options->bind ? REQUEST_BIND : REQUEST_CONNECT;
	request->user = options->user ? user_of(options->user) : -1;
}

int command_why(char *const *argv)
{
	struct why_options options = {.help = false};
	int at = options_parse(rows, ARRAY_LEN(rows), argv, &options);
	struct wanted wanted = {.addr_count = 0};
	struct program program = {.exe = NULL};
	struct names *names;
	struct ruleset *set;
	bool through;

	if (options.help)
		return print_help();
	if (options.logs[0] && !argv[at]) {
		through = !replay_policy(&options.policy, options.logs);
		free(options.logs[0]);
		return through ? 0 : 1;
	}
	if (options.logs[0] || !argv[at] || argv[at + 1])
		msg_die("one destination is wanted; try 'netjail why --rules FILE "
			"192.0.2.1:443'");
	set = policy_load_or_die(&options.policy);
	names = names_new();
	(void)!hosts_load(names, "/etc/hosts"); /* without it, addresses have no names */
	read_facts(&options, &program, &wanted.request);
	if (strncmp(argv[at], "unix:", 5) == 0) {
		read_unix(&wanted, argv[at] + 5);
		through = explain(set, &wanted.request);
	} else {
		read_ip(&wanted, names, argv[at]);
		through = explain_each(set, names, &wanted);
	}
	policy_done(&options.policy);
	ruleset_free(set);
	names_free(names);
	return through ? 0 : 1;
}
