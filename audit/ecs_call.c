/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/ecs_call.c - a call, or a way round the jail, as a line of the log
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "audit/ecs.h"
#include "audit/ecs_put.h"
#include "audit/event.h"
#include "audit/stack.h"
#include "audit/who.h"

/* What a call is to the network: who is the server, which member holds the other end. */
struct call_row {
	const char *call;
	const char *direction; /* NULL = none */
	const char *end;       /* what `event->end` is */
	const char *local;     /* what the socket's own end is */
	bool starts;           /* when allowed it is a connection's start */
};

static const struct call_row rows[] = {
	{"connect", "egress", "destination", "source", true},
	{"sendto", "egress", "destination", "source", false},
	{"sendmsg", "egress", "destination", "source", false},
	{"sendmmsg", "egress", "destination", "source", false},
	{"bind", "ingress", "server", NULL, false},
	{"listen", "ingress", "server", NULL, false},
	{"accept", "ingress", "source", "server", true},
	{"accept4", "ingress", "source", "server", true},
};
static const struct call_row found_rows[] = {
	{"found", "ingress", "server", NULL, false},
	{"found", "egress", "destination", "source", false},
	{"found", "ingress", "source", "server", false},
};
static const struct call_row other_row = {"", NULL, "destination", NULL, false};

static const struct call_row *find_row(const struct event *event)
{
	const char *call = event->call;

	if (event->shape == EVENT_FOUND && event->peer)
		return &found_rows[strcmp(event->state, "accepted") == 0 ? 2 : 1];
	if (event->shape == EVENT_FOUND)
		return &found_rows[0];
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (strcmp(rows[i].call, call) == 0)
			return &rows[i];
	return &other_row;
}

static void set_types(struct ecs_class *class_, const struct event *event,
		      const struct call_row *row, bool announced)
{
	if (event->shape == EVENT_FOUND) {
		class_->type[0] = "connection";
		class_->type[1] = event->cut ? "end" : "info";
	} else if (event_is_refused(event)) {
		class_->type[0] = "denied";
	} else if (row->starts && !announced && !event->left &&
		   (event->judged || event->result >= 0)) {
		class_->type[0] = "connection";
		class_->type[1] = "allowed";
		class_->type[2] = "start";
	} else {
		class_->type[0] = "info";
		class_->type[1] = event->judged ? "allowed" : NULL;
	}
}

static const char *outcome_of(const struct event *event, bool announced)
{
	if (event_is_refused(event) && event->shape != EVENT_FOUND)
		return "failure";
	if (announced || event->left || event->result == -EINPROGRESS)
		return "unknown";
	return event->result < 0 ? "failure" : "success";
}

/* A stable code: "rule", "default", "builtin", or netjail's own reason in one word. */
static void put_reason(json_t *root, const struct event *event)
{
	const char *id = event->decision.rule_id;
	char code[64];
	size_t i = 0;

	if (event->left) {
		ecs_put_text(root, "event.reason", "detached");
	} else if (event->reason) {
		for (; event->reason[i] && i + 1 < sizeof(code); i++) {
			code[i] = event->reason[i];
			if (code[i] == ' ')
				code[i] = '-';
		}
		code[i] = 0;
		ecs_put_text(root, "event.reason", code);
	} else if (strcmp(id, "default") == 0 || strncmp(id, "builtin", 7) == 0) {
		ecs_put_text(root, "event.reason", *id == 'd' ? id : "builtin");
	} else {
		ecs_put_text(root, "event.reason", "rule");
	}
}

/* What a redirected call really goes to. */
static void put_nat(json_t *root, const struct action *action)
{
	struct endpoint end = {.family = AF_INET6};

	if (action->to.family == ADDR_V4)
		end.family = AF_INET;
	end.inet.addr = action->to;
	ecs_put_text(root, "destination.nat.ip", ecs_ip(&end));
	ecs_put_number(root, "destination.nat.port", action->port);
}

/* Of what only would be (a dry run, a socket that was open) the verdict is told apart
 * from what came of it. */
static void put_verdict(json_t *root, const struct event *event)
{
	enum verdict verdict = event->decision.verdict;
	const char *verb = verdict_verb(verdict);

	if (event->shape == EVENT_FOUND || event->dry)
		ecs_put_text(root, "netjail.would", verb);
	if (event->shape == EVENT_FOUND)
		return;
	if (event->dry)
		verb = verdict_verb(VERDICT_ALLOW);
	else if (event->reason && !(event->judged && verdict == VERDICT_ASK))
		verb = verdict_verb(VERDICT_REFUSE);
	ecs_put_text(root, "netjail.verdict", verb);
	if (event_is_refused(event))
		ecs_put(root, "netjail.injected", json_true());
	else if (verdict == VERDICT_REDIRECT && !event->dry)
		put_nat(root, event->decision.action);
}

static void put_decision(json_t *root, const struct ecs_run *run,
			 const struct event *event)
{
	if (event->judged &&
	    (!event->reason || event->decision.verdict != VERDICT_ALLOW)) {
		ecs_put_text(root, "rule.id", event->decision.rule_id);
		ecs_put_text(root, "rule.name", event->decision.rule_text);
		ecs_put_text(root, "rule.ruleset", run->ruleset);
	}
	put_reason(root, event);
	put_verdict(root, event);
}

static void put_error(json_t *root, int64_t result)
{
	const char *name = strerrorname_np((int)-result);
	char number[24];

	snprintf(number, sizeof(number), "%" PRId64, -result);
	ecs_put_text(root, "error.code", name ? name : number);
}

static void put_related(json_t *root, const struct event *event)
{
	const struct who *who = event->who;
	json_t *ips = json_array(), *hosts = json_array(), *hashes = json_array();
	char hex[DIGEST_HEX];

	if (event->has_end)
		ecs_add_once(ips, ecs_ip(&event->end));
	if (event->has_local)
		ecs_add_once(ips, ecs_ip(&event->local));
	if (event->host)
		ecs_add_once(hosts, event->host);
	if (who && who->image->hashed) {
		digest_hex(who->image->sha256, hex);
		ecs_add_once(hashes, hex);
	}
	ecs_put(root, "related.ip", ips);
	ecs_put(root, "related.hosts", hosts);
	ecs_put(root, "related.hash", hashes);
}

static void put_socket(json_t *root, const struct event *event)
{
	const char *family = family_name(event->sock.domain),
		   *type = socktype_name(event->sock.type),
		   *name = sockkind_name(&event->sock);
	char cookie[24];

	if (!event->sock.domain)
		return;
	if (name)
		ecs_put_text(root, "network.transport", name);
	if (family)
		ecs_put_text(root, "netjail.socket.family", family);
	if (type)
		ecs_put_text(root, "netjail.socket.type", type);
	ecs_put_number(root, "netjail.socket.protocol", event->sock.protocol);
	if (event->cookie) {
		snprintf(cookie, sizeof(cookie), "%" PRIx64, event->cookie);
		ecs_put_text(root, "netjail.socket.cookie", cookie);
	}
}

static void put_ends(json_t *root, const struct event *event, const struct call_row *row)
{
	bool refused = event_is_refused(event);

	if (event->has_end) {
		if (event->end.family == AF_INET || event->end.family == AF_INET6)
			ecs_put_text(root, "network.type",
				     event->end.inet.addr.family == ADDR_V4 ? "ipv4"
									    : "ipv6");
		ecs_put_end(root, row->end, &event->end);
		if (event->host && strcmp(row->end, "destination") == 0)
			ecs_put_text(root, "destination.domain", event->host);
	}
	if (event->has_local && row->local && !refused)
		ecs_put_end(root, row->local, &event->local);
	else if (event->has_local && !row->local && !event->has_end)
		ecs_put_end(root, row->end, &event->local);
}

static void put_call(json_t *root, const struct event *event, bool announced)
{
	ecs_put_text(root, "netjail.phase", announced ? "begin" : "end");
	ecs_put_text(root, "netjail.call.name", event->call);
	if (event->shape != EVENT_SOCKET && event->shape != EVENT_SOCKETPAIR)
		ecs_put_number(root, "netjail.call.fd", event->fd);
	if (event->shape == EVENT_FD_NUMBER || event->shape == EVENT_FD_HOW)
		ecs_put_number(root, "netjail.call.number", event->number);
	if (announced || event->left)
		return;
	ecs_put_number(root, "netjail.call.result", event->result);
	if (event->result < 0)
		put_error(root, event->result);
	else if (event->shape == EVENT_FD_BYTES_END && !event_is_refused(event))
		ecs_put_number(root, "source.bytes", event->result);
	if (event->shape == EVENT_FOUND)
		ecs_put_text(root, "netjail.state", event->state);
	if (event->cut)
		ecs_put(root, "netjail.cut", json_true());
	if (event->duration)
		ecs_put_number(root, "event.duration", (int64_t)event->duration);
}

static json_t *call_line(const struct ecs_run *run, const struct event *event,
			 bool announced)
{
	const struct call_row *row = find_row(event);
	struct ecs_class class_ = {.kind = "event",
				   .category = {"network"},
				   .action = event->call,
				   .outcome = outcome_of(event, announced)};
	json_t *root;

	set_types(&class_, event, row, announced);
	root = ecs_begin(run, &event->time, &class_);
	ecs_put_who(root, event->who, event->pid, event->tid, event->name);
	if (row->direction)
		ecs_put_text(root, "network.direction", row->direction);
	put_socket(root, event);
	put_ends(root, event, row);
	put_call(root, event, announced);
	if (event->judged || event->reason)
		put_decision(root, run, event);
	return root;
}

/* "T1562.001" is T1562's sub-technique. */
static void put_threat(json_t *root, const struct evasion_row *row)
{
	const char *dot = strchr(row->technique, '.');
	size_t len = dot ? (size_t)(dot - row->technique) : strlen(row->technique);

	ecs_put_text(root, "threat.framework", "MITRE ATT&CK");
	ecs_put_text(root, "threat.tactic.id", row->tactic);
	ecs_put_text(root, "threat.tactic.name", row->tactic_name);
	ecs_put(root, "threat.technique.id", ecs_text(row->technique, len));
	if (dot) {
		ecs_put_text(root, "threat.technique.subtechnique.id", row->technique);
		ecs_put_text(root, "threat.technique.subtechnique.name",
			     row->technique_name);
	} else {
		ecs_put_text(root, "threat.technique.name", row->technique_name);
	}
}

static json_t *evasion_line(const struct ecs_run *run, const struct event *event)
{
	const struct evasion_row *row = evasion_row(event->evasion);
	bool refused = event->reason && strncmp(event->reason, "refused", 7) == 0;
	struct ecs_class class_ = {.kind = "alert",
				   .category = {"intrusion_detection", "process"},
				   .type = {refused ? "denied" : "info"},
				   .action = row->name,
				   .outcome = refused ? "failure" : "unknown"};
	json_t *root = ecs_begin(run, &event->time, &class_);

	ecs_put_who(root, event->who, event->pid, event->tid, event->name);
	ecs_put_number(root, "event.severity", row->risk >= 75 ? 4 : row->risk / 25 + 1);
	ecs_put_number(root, "event.risk_score", row->risk);
	put_threat(root, row);
	ecs_put(root, "netjail.evidence",
		ecs_text(event->detail, strnlen(event->detail, sizeof(event->detail))));
	ecs_put_text(root, "message", row->text);
	if (event->reason)
		ecs_put_text(root, "netjail.outcome", event->reason);
	return root;
}

json_t *ecs_event(const struct ecs_run *run, const struct event *event, bool announced)
{
	json_t *root = event->evasion ? evasion_line(run, event)
				      : call_line(run, event, announced);

	put_related(root, event);
	if (event->stack)
		stack_put_json(root, event->stack);
	return root;
}
