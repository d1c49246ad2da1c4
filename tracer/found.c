/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/found.c - attach mode: what a program has open already
 *
 * A connection that the program has accepted is no call of its own: it is told and
 * neither judged nor cut. It is known by its local address, on which a socket of these
 * processes listens. An AF_UNIX peer without a name is told and no more, too: it is the
 * other end of a pair, or a client.
 */
#include "tracer/found.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "audit/sink.h"
#include "base/buf.h"
#include "base/xalloc.h"
#include "names/table.h"
#include "net/sockaddr.h"
#include "rules/ruleset.h"
#include "tracer/call.h"
#include "tracer/cut.h"
#include "tracer/descriptors.h"
#include "tracer/found_peer.h"
#include "tracer/life.h"
#include "tracer/prepared.h"
#include "tracer/sockid.h"

/* Of <netinet/tcp.h>, what a stream of IP is doing. */
static const char *const tcp_states[] = {
	[TCP_ESTABLISHED] = "connected", [TCP_SYN_SENT] = "connecting",
	[TCP_SYN_RECV] = "connecting",   [TCP_FIN_WAIT1] = "closing",
	[TCP_FIN_WAIT2] = "closing",     [TCP_TIME_WAIT] = "closing",
	[TCP_CLOSE] = "not connected",   [TCP_CLOSE_WAIT] = "closing",
	[TCP_LAST_ACK] = "closing",      [TCP_LISTEN] = "listening",
	[TCP_CLOSING] = "closing",
};

struct listener {
	struct sockkind kind;
	struct endpoint end;
	bool only_v6; /* IPV6_V6ONLY of ipv6(7) */
};

struct finding {
	struct tracer *tracer;
	struct listener *listeners; /* heap: of these processes */
	size_t listener_count;
	uint64_t *cookies; /* heap: sockets of the process that have been told */
	size_t cookie_count;
	bool only_listeners; /* the first look */
};

/* ---- one socket ---- */

static int get_int(int sock, int level, int name)
{
	int value = 0;
	socklen_t len = sizeof(value);

	return getsockopt(sock, level, name, &value, &len) < 0 ? 0 : value;
}

static bool end_of(int sock,
		   int (*ask)(int, struct sockaddr *__restrict, socklen_t *__restrict),
		   struct endpoint *ret_end)
{
	struct sockaddr_storage storage;
	socklen_t len = sizeof(storage);

	return ask(sock, (struct sockaddr *)&storage, &len) == 0 &&
	       sockaddr_decode((const uint8_t *)&storage, len, ret_end) == 0;
}

static const char *state_of(int sock, const struct sockkind *kind, bool connected)
{
	struct tcp_info info;
	socklen_t len = sizeof(info);

	if (get_int(sock, SOL_SOCKET, SO_ACCEPTCONN))
		return "listening";
	if (sockkind_is_inet(kind) && kind->type == SOCK_STREAM &&
	    getsockopt(sock, SOL_TCP, TCP_INFO, &info, &len) == 0 &&
	    info.tcpi_state < ARRAY_LEN(tcp_states) && tcp_states[info.tcpi_state])
		return tcp_states[info.tcpi_state];
	return connected ? "connected" : "not connected";
}

static uint16_t port_of(const struct endpoint *end)
{
	return end->family == AF_INET || end->family == AF_INET6 ? end->inet.port : 0;
}

/* One space of ports, and a listener of MPTCP accepts TCP as such. */
static int protocol_of(const struct sockkind *kind)
{
	return kind->protocol == IPPROTO_MPTCP ? IPPROTO_TCP : kind->protocol;
}

/* An accepted socket is of its listener's family, also where IPv4 comes to IPv6. */
static bool is_of(const struct listener *listener, const struct sockkind *kind,
		  const struct endpoint *local)
{
	const struct endpoint *end = &listener->end;

	if (listener->kind.domain != kind->domain || listener->kind.type != kind->type)
		return false;
	if (kind->domain == AF_UNIX)
		return end->un.path_len == local->un.path_len &&
		       memcmp(end->un.path, local->un.path, end->un.path_len) == 0;
	if (protocol_of(&listener->kind) != protocol_of(kind) ||
	    end->inet.port != local->inet.port)
		return false;
	if (!addr_is_unspecified(&end->inet.addr))
		return addr_equal(&end->inet.addr, &local->inet.addr);
	return end->inet.addr.family == local->inet.addr.family ||
	       (end->inet.addr.family == ADDR_V6 && !listener->only_v6);
}

/* A client of AF_UNIX may have bound itself to a path that is a listener's by now: one
 * whose peer has a name is judged by that. */
static bool is_accepted(const struct finding *finding, int sock,
			const struct event *event)
{
	struct endpoint local;

	if (event->sock.domain == AF_UNIX ? event->end.un.path_len != 0
					  : event->sock.type != SOCK_STREAM)
		return false;
	if (sockid_local(sock, &local) != 0)
		return false;
	for (size_t i = 0; i < finding->listener_count; i++)
		if (is_of(&finding->listeners[i], &event->sock, &local))
			return true;
	return false;
}

/* What the rules say of a call of that kind. */
static void judge(const struct finding *finding, struct task *task, struct event *event,
		  enum request_kind kind)
{
	const struct run_config *config = finding->tracer->config;
	struct call call = {.tracer = finding->tracer, .task = task};
	struct request request = {.kind = kind, .sock = event->sock, .end = event->end};

	if (kind == REQUEST_SOCKET)
		request.end = (struct endpoint){.family = (uint16_t)event->sock.domain};
	call_know(&call, &request);
	event->host = event->host ? event->host : call.event.host;
	event->decision = ruleset_decide(config->rules, &request);
	event->judged = true;
	event->dry = config->dry_run && event->decision.verdict != VERDICT_ALLOW;
}

/* True when the socket has, or may have, a peer that the rules refuse: a kind that they
 * refuse is refused wherever it goes. */
static bool judge_socket(const struct finding *finding, struct task *task,
			 struct event *event, bool connected)
{
	if (event->sock.domain != AF_UNIX) {
		judge(finding, task, event, REQUEST_SOCKET);
		if (event->decision.verdict != VERDICT_ALLOW)
			return event_is_refused(event);
		event->judged = event->dry = false;
	}
	if (connected && event->sock.domain == AF_UNIX && !event->end.un.path_len)
		return false;
	if (connected)
		judge(finding, task, event, REQUEST_CONNECT);
	else if (event->has_end &&
		 (strcmp(event->state, "listening") == 0 ||
		  (sockkind_is_inet(&event->sock) && port_of(&event->end))))
		judge(finding, task, event, REQUEST_BIND);
	return connected && event_is_refused(event);
}

static void cut(const struct finding *finding, const struct task *task,
		struct event *event, int sock)
{
	char text[96];
	int failed = cut_socket(sock);

	event->cut = !failed;
	if (event->cut)
		return;
	snprintf(text, sizeof(text), "process %d: descriptor %d cannot be cut: %s",
		 (int)task->tgid, event->fd, strerrordesc_np(-failed));
	hub_note(finding->tracer->config->hub, text);
}

/* What would lead calls that are judged from now on elsewhere is taken off; a datagram
 * that is begun, whose address nothing tells, when there is to be an end of such. */
static void take_prepared(const struct finding *finding, const struct task *task,
			  struct event *event, int sock)
{
	const struct run_config *config = finding->tracer->config;
	char text[128], what[64];
	struct buf buf;
	int took;

	if (!finding->tracer->enforces)
		return;
	buf_init(&buf, what, sizeof(what));
	took = config->attach->cut ? prepared_take_all(sock, &buf)
				   : prepared_take_route(sock, &buf);
	if (!took)
		return;
	snprintf(text, sizeof(text), "process %d: descriptor %d is a socket %s: %s",
		 (int)task->tgid, event->fd, what,
		 took > 0 ? "taken off" : strerrordesc_np(-took));
	hub_note(config->hub, text);
	if (took < 0 && config->attach->cut)
		cut(finding, task, event, sock);
}

/* True when the socket has a peer, which is then event->end. */
static bool find_peer(const struct task *task, int sock, struct event *event)
{
	bool connected = end_of(sock, getpeername, &event->end);

	event->state = state_of(sock, &event->sock, connected);
	if (!connected &&
	    (strcmp(event->state, "connecting") == 0 || event->sock.type == SOCK_RAW)) {
		connected = found_peer(task->tid, sock, &event->end);
		if (connected && event->sock.type == SOCK_RAW)
			event->state = "connected";
	}
	return connected;
}

static void tell(struct finding *finding, struct task *task, int fd, int sock)
{
	const struct run_config *config = finding->tracer->config;
	struct event event = {.call = "found", .shape = EVENT_FOUND, .fd = fd};
	bool connected, refused = false;

	if (sockid_kind(sock, &event.sock) != 0)
		return;
	connected = find_peer(task, sock, &event);
	event.peer = connected;
	event.has_end = connected || end_of(sock, getsockname, &event.end);
	if (config->names && event.has_end && sockkind_is_inet(&event.sock))
		event.host = names_lookup(config->names, &event.end.inet.addr);
	if (connected && is_accepted(finding, sock, &event))
		event.state = "accepted";
	else
		refused = judge_socket(finding, task, &event, connected);
	if (config->attach->cut && refused && strcmp(event.state, "listening") != 0)
		cut(finding, task, &event, sock);
	else
		take_prepared(finding, task, &event, sock);
	life_note_socket(finding->tracer, &event, sock);
	call_tell(finding->tracer, task, &event, 0);
}

/* ---- all of them ---- */

/* Descriptors that were duplicated are one socket. */
static bool is_new(struct finding *finding, int sock)
{
	uint64_t cookie = sockid_cookie(sock);

	if (!cookie)
		return true;
	for (size_t i = 0; i < finding->cookie_count; i++)
		if (finding->cookies[i] == cookie)
			return false;
	finding->cookies = xreallocarray(finding->cookies, finding->cookie_count + 1,
					 sizeof(cookie));
	finding->cookies[finding->cookie_count++] = cookie;
	return true;
}

static void add_listener(struct finding *finding, int sock)
{
	struct listener listener = {.only_v6 = false};

	if (!get_int(sock, SOL_SOCKET, SO_ACCEPTCONN) ||
	    sockid_kind(sock, &listener.kind) != 0 ||
	    !(sockkind_is_inet(&listener.kind) || listener.kind.domain == AF_UNIX) ||
	    sockid_local(sock, &listener.end) != 0)
		return;
	listener.only_v6 = get_int(sock, IPPROTO_IPV6, IPV6_V6ONLY);
	finding->listeners = xreallocarray(finding->listeners,
					   finding->listener_count + 1, sizeof(listener));
	finding->listeners[finding->listener_count++] = listener;
}

static void look_at(void *context, struct task *task, int fd, const char *target)
{
	struct finding *finding = context;
	cleanup_sock int sock = -1;

	if (strncmp(target, "socket:", 7) != 0)
		return;
	sock = sockid_take(task, fd);
	if (sock < 0)
		return;
	if (finding->only_listeners)
		add_listener(finding, sock);
	else if (is_new(finding, sock))
		tell(finding, task, fd, sock);
}

static void look_at_process(struct finding *finding, pid_t pid)
{
	finding->cookie_count = 0;
	descriptors_visit(finding->tracer, pid, look_at, finding);
}

void found_tell(struct tracer *tracer, const pid_t *pids, size_t count)
{
	struct finding finding = {.tracer = tracer, .only_listeners = true};

	for (size_t i = 0; i < count; i++)
		look_at_process(&finding, pids[i]);
	finding.only_listeners = false;
	for (size_t i = 0; i < count; i++)
		look_at_process(&finding, pids[i]);
	free(finding.listeners);
	free(finding.cookies);
}
