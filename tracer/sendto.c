/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/sendto.c - sendto(2) with a destination or a fast open
 */
#include <errno.h>
#include <sys/socket.h>

#include "tracer/carry.h"
#include "tracer/sealed.h"
#include "tracer/sockid.h"
#include "tracer/syscall.h"

/* Everything but the payload, in the kernel's order (net/socket.c __sys_sendto). 0 or
 * -errno. */
static int read_arguments(struct call *call)
{
	struct outgoing *out = call->tracer->outgoing;

	out->dest.named = false;
	out->dest.len = 0;
	outgoing_set_span(out, call->args[1], (size_t)call->args[2]);
	if (!call->args[4])
		return 0;
	return call_copy_address(call, call->args[4], (int32_t)call->args[5], &out->dest);
}

static void send_datagram(struct sending *sending)
{
	struct call *call = sending->call;
	bool again;
	int64_t result = send_message(sending, &again);

	if (again)
		call_retry(call);
	else
		send_finish(call, result);
}

static void send_sealed(struct sending *sending)
{
	struct call *call = sending->call;
	struct destination *dest = &call->tracer->outgoing->dest;

	if (call_judge(call, REQUEST_SEND, sending->sock, dest))
		sealed_address(call, 4, dest);
	else
		call_refuse(call, ECONNREFUSED);
}

/* AF_UNIX and netlink; and zero copy, which is about the program's own pages. */
static bool wants_seal(const struct sending *sending)
{
	const struct call *call = sending->call;

	return sealed_is_wanted(call) ||
	       (call->tracer->seal && call->event.sock.type != SOCK_STREAM &&
		send_wants_zero_copy(sending));
}

void sendto_enter(struct call *call)
{
	struct destination copy;
	struct sending sending = {
		.call = call, .flags = (int32_t)call->args[3], .ended = send_ended};
	cleanup_sock int sock = -1;
	int failed;

	/* Stopped to be shown only: tracer/filter. */
	if (call->tracer->config->shows && !call->args[4] &&
	    !(call->args[3] & MSG_FASTOPEN) && !call->multiplexed) {
		call_let_pass(call);
		return;
	}
	call->event.shape = EVENT_FD_BYTES_END;
	call->event.bytes = call->args[2];
	sock = call_socket(call);
	if (sock < 0)
		return;
	sending.sock = sock;
	if (!call->event.sock.domain) {
		call_finish(call, -ENOTSOCK);
		return;
	}
	failed = read_arguments(call);
	copy = call->tracer->outgoing->dest;
	if (!failed)
		send_tell_netlink(call);
	if (failed)
		call_copy_failed(call, failed);
	else if (wants_seal(&sending))
		send_sealed(&sending);
	else if (call->event.sock.type == SOCK_STREAM)
		send_stream(&sending);
	else
		send_datagram(&sending);
	if (sending.sock < 0)
		(void)take_fd(&sock);
	call_check_race(call, call->args[4], &copy);
}
