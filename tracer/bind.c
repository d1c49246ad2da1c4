/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/bind.c - bind(2) and listen(2): judged by the local address
 *
 * MUST NOT carry out a bind with rights that the program does not have: a port below 1024
 * would be bound for it.
 */
#include <errno.h>
#include <linux/netlink.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "rules/ruleset.h"
#include "tracer/act.h"
#include "tracer/call.h"
#include "tracer/evade.h"
#include "tracer/life.h"
#include "tracer/sealed.h"
#include "tracer/sockid.h"
#include "tracer/syscall.h"
#include "tracer/unixpath.h"

#define SIN6_LEN_RFC2133 24 /* include/net/ipv6.h: without sin6_scope_id */
#define LOOPBACK_IFINDEX 1  /* include/net/flow.h */
static bool judges(const struct call *call)
{
	return ruleset_judges_bind(call->tracer->config->rules);
}

/* The device that a link-local address ties its socket to (net/ipv6/af_inet6.c
 * __inet6_bind); 0: none. */
static uint32_t device_of(const struct destination *dest)
{
	struct sockaddr_in6 address;

	if (dest->len < sizeof(address))
		return 0;
	memcpy(&address, dest->bytes, sizeof(address));
	if (address.sin6_family == AF_INET6 &&
	    (IN6_IS_ADDR_LINKLOCAL(&address.sin6_addr) ||
	     IN6_IS_ADDR_MC_LINKLOCAL(&address.sin6_addr) ||
	     IN6_IS_ADDR_MC_NODELOCAL(&address.sin6_addr)))
		return address.sin6_scope_id;
	return 0;
}

/* Their bind(2) takes an IPv6 address without a device; SCTP's and ping's do not. */
static bool needs_no_scope(const struct sockkind *kind)
{
	return kind->type == SOCK_RAW || kind->protocol == IPPROTO_TCP ||
	       kind->protocol == IPPROTO_UDP || kind->protocol == IPPROTO_UDPLITE ||
	       kind->protocol == IPPROTO_MPTCP;
}

/* The program's own call, with no more than `most` bytes of its address. */
static void bind_short(struct call *call, int32_t most)
{
	uint64_t args[6];

	memcpy(args, call->args, sizeof(args));
	if ((int32_t)args[2] > most)
		args[2] = (uint64_t)most;
	call_replace(call, SYS_ID_BIND, args, -1, call_end_replaced);
}

/* No rule looks at local addresses: whatever the program's call binds is allowed, but a
 * device. The call is given no byte of one, and an IPv4 address names nothing to an IPv6
 * socket that has come under the number. */
static void bind_without_device(struct call *call)
{
	bind_short(call, call->event.sock.domain == AF_INET ? sizeof(struct sockaddr_in)
							    : SIN6_LEN_RFC2133);
}

static void bind_own(struct call *call)
{
	if (call->event.sock.domain == AF_NETLINK && !call->tracer->config->all)
		call_let_pass(call);
	else if (call->tracer->enforces && sockkind_is_inet(&call->event.sock))
		bind_without_device(call);
	else
		call_let_run(call);
}

/* It may have forbidden itself ports by Landlock, which does not hold netjail. */
static bool may_lack_ports(const struct call *call)
{
	return call->task->own_domain && sockkind_is_inet(&call->event.sock) &&
	       (call->tracer->net_rulesets || call->tracer->gate);
}

static void bind_carried(struct call *call, int sock, const struct destination *dest)
{
	int result;

	if (may_lack_ports(call) || unixpath_bind(call->task, sock, dest, &result) < 0)
		call_fail_closed(call,
				 "bind cannot be carried out for other rights or roots");
	else
		call_finish(call, result);
}

/* Where something can be refused no device but the loopback one is bound to, as with
 * SO_BINDTODEVICE: even what is sent to ::1 then leaves the host there. A stream reaches
 * nobody without an answer. */
static bool is_bent(const struct call *call, uint32_t device)
{
	return call->tracer->enforces && device > LOOPBACK_IFINDEX &&
	       call->event.sock.type != SOCK_STREAM;
}

/* The bytes that the kernel takes must be those that were looked at: an IPv6 socket that
 * has come under the number would find a device in what is long enough for one. */
static bool is_judged(const struct call *call, const struct destination *dest,
		      uint32_t device)
{
	const struct sockkind *kind = &call->event.sock;

	if (judges(call) || !call->tracer->enforces)
		return judges(call);
	if (kind->domain == AF_INET6)
		return device || !needs_no_scope(kind);
	return !sockkind_is_inet(kind) && dest->len >= sizeof(struct sockaddr_in6);
}

void bind_enter(struct call *call)
{
	struct destination dest = {.len = 0};
	cleanup_sock int sock = call_socket_and_address(call, &dest);
	uint32_t device = device_of(&dest);

	if (sock < 0)
		return;
	if (!call_judge(call, REQUEST_BIND, sock, &dest)) {
		call_refuse(call, EACCES);
	} else if (is_bent(call, device)) {
		evade_tell(call->tracer, call->task, EVASION_ROUTE_BEND,
			   "refused (EPERM)",
			   "bind to a device by its link-local address");
		call_finish_quiet(call, -EPERM);
	} else if (!is_judged(call, &dest, device)) {
		bind_own(call);
	} else if (call->tracer->seal && !device) {
		sealed_address(call, 1, &dest);
	} else if (call->event.sock.domain == AF_NETLINK) {
		/* its number is the caller's; too short for any other family's address */
		bind_short(call, sizeof(struct sockaddr_nl));
	} else {
		bind_carried(call, sock, &dest);
	}
}

/* A socket that was never bound gets a port at listen(2): judged by what it is bound
 * to. */
void listen_enter(struct call *call)
{
	struct request request = {.kind = REQUEST_BIND};
	cleanup_sock int sock = call_socket(call);

	if (sock < 0)
		return;
	call->event.shape = EVENT_FD_NUMBER;
	call->event.number = (int32_t)call->args[1];
	if (!call->event.sock.domain) {
		call_finish(call, -ENOTSOCK);
		return;
	}
	life_note_socket(call->tracer, &call->event, sock);
	call->event.quiet = !judges(call) && !call->tracer->config->all;
	if (judges(call) && sockid_local(sock, &request.end) == 0) {
		call->event.end = request.end;
		call_decide(call, &request);
	}
	if (call->event.judged && !act_on(call, REQUEST_BIND, sock, NULL))
		call_refuse(call, EACCES);
	else if (call->event.judged && sockkind_is_inet(&call->event.sock))
		call_finish(call, listen(sock, call->event.number) < 0 ? -errno : 0);
	else
		call_let_run(call);
}
