/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/send.c - what sendto, sendmsg and sendmmsg have in common
 */
#include "tracer/send.h"

#include <errno.h>
#include <linux/netlink.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "tracer/act.h"
#include "tracer/carry.h"
#include "tracer/evade.h"
#include "tracer/life.h"
#include "tracer/route.h"
#include "tracer/unixpath.h"

bool send_is_told(const struct call *call)
{
	if (call->tracer->config->all || event_is_refused(&call->event))
		return true;
	return call->event.judged && call->event.sock.domain != AF_NETLINK;
}

int send_copy_error(struct call *call, int error)
{
	if (error == -EOPNOTSUPP)
		call->event.reason = "its control data cannot be carried out";
	else if (error != -EINVAL && error != -EFAULT && error != -EMSGSIZE &&
		 error != -ENOBUFS)
		call->event.reason = "the program's memory could not be read";
	else
		return error;
	return -ECONNREFUSED;
}

bool send_is_local(const struct call *call)
{
	const struct endpoint *end = &call->event.end;

	return !call->event.has_end || !sockkind_is_inet(&call->event.sock) ||
	       addr_scope_of(&end->inet.addr) == ADDR_SCOPE_LOCALHOST;
}

bool send_is_bent(struct call *call, const uint8_t *control, size_t len, unsigned word)
{
	const struct route_option *option;

	if (!call->tracer->enforces || !len)
		return false;
	option = route_in_control(control, len, word, send_is_local(call));
	if (!option)
		return false;
	evade_tell(call->tracer, call->task, EVASION_ROUTE_BEND, "refused (EPERM)",
		   "control message %s", option->text);
	return true;
}

void send_tell_netlink(struct call *call)
{
	const struct outgoing *out = call->tracer->outgoing;
	const struct sockkind *sock = &call->event.sock;
	struct nlmsghdr head = {0};

	if (!call->tracer->enforces || sock->domain != AF_NETLINK || !out->span_count ||
	    out->spans[0].len < sizeof(head) ||
	    mem_read(call->task->tid, out->spans[0].start, &head, sizeof(head)) != 0 ||
	    !route_is_changed(sock->protocol, head.nlmsg_type))
		return;
	evade_tell(call->tracer, call->task, EVASION_ROUTE_BEND,
		   "without CAP_NET_ADMIN the kernel refuses it",
		   "netlink message of type %u that changes the network",
		   (unsigned)head.nlmsg_type);
}

void send_finish(struct call *call, int64_t result)
{
	if (send_is_told(call))
		call_finish(call, result);
	else
		call_finish_quiet(call, result);
}

/* ---- streams ---- */

/* A fast open was begun as a connect: the socket's state follows what the send saw. */
void send_settle(struct task *task, int64_t result)
{
	struct pending *pending = &task->pending;

	if (pending->sock >= 0 && result > -512 && result != -EINTR)
		(void)!carry_settle(pending->sock, pending->event.sock.domain);
}

void send_ended(struct tracer *tracer, struct task *task, int64_t result)
{
	send_settle(task, result);
	if (task->pending.told)
		call_end_replaced(tracer, task, result);
	else
		call_end_replaced_quiet(tracer, task, result);
}

/* True when the connection is made or under way and the data may follow. */
static bool start_fast_open(struct sending *sending)
{
	struct call *call = sending->call;
	struct destination *dest = &call->tracer->outgoing->dest;
	bool waits;
	int result;

	if (!call_judge(call, REQUEST_CONNECT, sending->sock, dest)) {
		call_refuse(call, ECONNREFUSED);
		return false;
	}
	if (!call->event.judged) { /* net/ipv4/tcp.c tcp_sendmsg_fastopen */
		call_finish(call, -EOPNOTSUPP);
		return false;
	}
	waits = !(sending->flags & MSG_DONTWAIT) && !carry_is_nonblocking(sending->sock);
	result = waits ? carry_connect(sending->sock, &call->event.sock, dest, true)
		       : carry_connect_at_once(sending->sock, dest);
	life_note_socket(call->tracer, &call->event, sending->sock);
	if (!result || (waits && (result == -EINPROGRESS || result == -EALREADY)))
		return true;
	call_finish(call, result);
	return false;
}

static void replace_send(struct sending *sending, int flags, int sock)
{
	struct call *call = sending->call;
	const struct outgoing *out = call->tracer->outgoing;
	uint64_t args[6] = {call->args[0], 0, 0, (uint32_t)flags, 0, 0};

	/* The first that holds any bytes: a program must be ready for fewer than it
	 * gave. */
	for (size_t i = 0; i < out->span_count && !args[2]; i++) {
		args[1] = out->spans[i].start.value;
		args[2] = out->spans[i].len;
	}
	call_replace(call, SYS_ID_SENDTO, args, sock, sending->ended);
}

bool send_opens_fast(const struct sending *sending)
{
	const struct call *call = sending->call;

	return (sending->flags & MSG_FASTOPEN) && call->tracer->outgoing->dest.named &&
	       carry_waits_by_send(&call->event.sock);
}

/* A fast open is made as a connect. Without a name it is nothing but an error, which only
 * the kernel knows. */
static int unnamed_flags(const struct sending *sending)
{
	return sending->call->tracer->outgoing->dest.named
		       ? sending->flags & ~MSG_FASTOPEN
		       : sending->flags;
}

/* Without mseal(2): an AF_UNIX stream refuses any name (unix_stream_sendmsg in
 * net/unix/af_unix.c), which replace_send leaves out. */
static int refused_name(const struct sending *sending)
{
	const struct destination *dest = &sending->call->tracer->outgoing->dest;
	struct sockaddr_un peer;
	socklen_t len = sizeof(peer);

	if (sending->call->event.sock.domain != AF_UNIX || !dest->named || !dest->len)
		return 0;
	return getpeername(sending->sock, (void *)&peer, &len) == 0 ? -EISCONN
								    : -EOPNOTSUPP;
}

void send_stream(struct sending *sending)
{
	struct call *call = sending->call;
	int refused = refused_name(sending);
	bool fast_open = send_opens_fast(sending);

	if (refused) {
		send_finish(call, refused);
		return;
	}
	if (fast_open && !start_fast_open(sending))
		return;
	call->task->pending.told = send_is_told(call);
	replace_send(sending, unnamed_flags(sending),
		     fast_open ? take_fd(&sending->sock) : -1);
}

/* ---- datagrams ---- */

/* Milliseconds that the program has waited for room: the sum of call_retry's back-off. */
static unsigned waited_ms(const struct task *task)
{
	return task->retries <= 4 ? (1u << task->retries) - 1
				  : 15 + (task->retries - 4) * 16;
}

/* True when the program's call would wait for room: a blocking one whose SO_SNDTIMEO has
 * not run out. */
static bool waits_for_room(const struct sending *sending)
{
	struct timeval limit = {0};
	socklen_t len = sizeof(limit);
	uint64_t limit_ms;

	if ((sending->flags & MSG_DONTWAIT) || carry_is_nonblocking(sending->sock))
		return false;
	if (getsockopt(sending->sock, SOL_SOCKET, SO_SNDTIMEO, &limit, &len) < 0)
		return false;
	limit_ms = (uint64_t)limit.tv_sec * 1000 + (uint64_t)limit.tv_usec / 1000;
	return (!limit.tv_sec && !limit.tv_usec) ||
	       waited_ms(sending->call->task) < limit_ms;
}

/* A zero-copy send pins the sender's pages and reports when they are free again: with
 * netjail's copy that report would lie. Without SO_ZEROCOPY the kernel ignores the
 * flag. */
bool send_wants_zero_copy(const struct sending *sending)
{
	int on = 0;
	socklen_t len = sizeof(on);

	return (sending->flags & MSG_ZEROCOPY) &&
	       getsockopt(sending->sock, SOL_SOCKET, SO_ZEROCOPY, &on, &len) == 0 && on;
}

/* Without mseal(2): AF_UNIX and netlink. */
static int64_t send_local(struct sending *sending)
{
	struct call *call = sending->call;
	struct outgoing *out = call->tracer->outgoing;
	int fd, failed = unixpath_translate(call->task, &out->dest, &fd);
	int64_t result = failed;

	if (failed == -EPERM ||
	    (out->total > out->len && call->event.sock.type != SOCK_STREAM)) {
		call->event.reason = failed ? "it cannot be carried out for other rights"
					    : "it is too big to be carried out";
		result = -ECONNREFUSED;
	} else if (!failed) {
		result = outgoing_send(out, sending->sock, sending->flags);
	}
	if (fd >= 0)
		close(fd);
	return result;
}

/* What the program sees of a send that may not be made, or not yet. */
static int64_t send_not_made(const struct sending *sending, bool *ret_again)
{
	const struct call *call = sending->call;

	*ret_again = call->hold_ms;
	if (act_swallows(call))
		return (int64_t)call->tracer->outgoing->total;
	return -act_errno(call, ECONNREFUSED);
}

int64_t send_message(struct sending *sending, bool *ret_again)
{
	struct call *call = sending->call;
	struct outgoing *out = call->tracer->outgoing;
	int64_t result;

	*ret_again = false;
	if (!call_judge(call, REQUEST_SEND, sending->sock, &out->dest))
		return send_not_made(sending, ret_again);
	if (send_is_bent(call, out->control, out->control_len, sizeof(size_t)))
		return -EPERM;
	if (send_wants_zero_copy(sending)) {
		call->event.reason = "a zero-copy send cannot be carried out";
		return -ECONNREFUSED;
	}
	result = outgoing_read_payload(out, call->task->tid);
	if (result)
		return send_copy_error(call, (int)result);
	if (carry_is_impossible(&call->event.sock))
		result = send_local(sending);
	else
		result = outgoing_send(out, sending->sock,
				       unnamed_flags(sending) & ~MSG_ZEROCOPY);
	life_note_socket(call->tracer, &call->event, sending->sock);
	*ret_again = result == -EAGAIN && waits_for_room(sending);
	return result;
}
