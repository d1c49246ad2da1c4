/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/bind.c - bind(2) and listen(2): judged by the local address
 *
 * MUST NOT carry out a bind with rights that the program does not have: a port below 1024
 * would be bound for it.
 */
#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "rules/ruleset.h"
#include "tracer/act.h"
#include "tracer/call.h"
#include "tracer/evade.h"
#include "tracer/life.h"
#include "tracer/proc.h"
#include "tracer/sealed.h"
#include "tracer/sockid.h"
#include "tracer/syscall.h"

static bool judges(const struct call *call)
{
	return ruleset_judges_bind(call->tracer->config->rules);
}

/* A link-local address of another device than the loopback one ties the socket to it
 * (net/ipv6/af_inet6.c __inet6_bind), as SO_BINDTODEVICE does, which is refused, too:
 * even what is sent to ::1 leaves the host there. */
static bool ties_to_device(const struct destination *dest)
{
	struct sockaddr_in6 address;

	if (dest->len < sizeof(address))
		return false;
	memcpy(&address, dest->bytes, sizeof(address));
	return address.sin6_family == AF_INET6 && address.sin6_scope_id > 1 &&
	       (IN6_IS_ADDR_LINKLOCAL(&address.sin6_addr) ||
		IN6_IS_ADDR_MC_LINKLOCAL(&address.sin6_addr) ||
		IN6_IS_ADDR_MC_NODELOCAL(&address.sin6_addr));
}

static void refuse_device(struct call *call)
{
	evade_tell(call->tracer, call->task, EVASION_ROUTE_BEND, "refused (EPERM)",
		   "bind to a device by its link-local address");
	call_finish_quiet(call, -EPERM);
}

/* Where no rule looks at local addresses whatever the program's call binds is allowed,
 * but that: an IPv6 socket is bound to what was looked at. */
static bool is_judged(const struct call *call)
{
	return judges(call) ||
	       (call->tracer->enforces && call->event.sock.domain == AF_INET6);
}

/* An IPv4 address has no more bytes, an IPv6 one would need 24: it names nothing to an
 * IPv6 socket that has come under the number. */
static void bind_ipv4(struct call *call)
{
	uint64_t args[6];

	memcpy(args, call->args, sizeof(args));
	if ((int32_t)args[2] > (int32_t)sizeof(struct sockaddr_in))
		args[2] = sizeof(struct sockaddr_in);
	call_replace(call, SYS_ID_BIND, args, -1, call_end_replaced);
}

static void bind_own(struct call *call)
{
	if (call->event.sock.domain == AF_NETLINK && !call->tracer->config->all)
		call_let_pass(call);
	else if (call->tracer->enforces && call->event.sock.domain == AF_INET)
		bind_ipv4(call);
	else
		call_let_run(call);
}

static void bind_carried(struct call *call, int sock, const struct destination *dest)
{
	if (!proc_same_rights(call->task->tid)) {
		call_fail_closed(call, "a bind cannot be carried out for other user ids");
		return;
	}
	call_finish(call,
		    bind(sock, (const void *)dest->bytes, dest->len) < 0 ? -errno : 0);
}

void bind_enter(struct call *call)
{
	struct destination dest = {.len = 0};
	cleanup_sock int sock = call_socket_and_address(call, &dest);

	if (sock < 0)
		return;
	if (!call_judge(call, REQUEST_BIND, sock, &dest))
		call_refuse(call, EACCES);
	else if (call->tracer->enforces && ties_to_device(&dest))
		refuse_device(call);
	else if (!is_judged(call))
		bind_own(call);
	else if (call->tracer->seal)
		sealed_address(call, 1, &dest);
	else
		bind_carried(call, sock, &dest);
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
