/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/message.c - one message of sendmsg(2) or sendmmsg(2): read, judged, and sent in
 * one of three ways
 */
#include "tracer/message.h"

#include <errno.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#include "tracer/carry.h"
#include "tracer/evade.h"
#include "tracer/sealed.h"
#include "tracer/shown.h"
#include "tracer/sockid.h"

bool message_open(struct sending *sending)
{
	struct call *call = sending->call;

	call->event.shape = EVENT_FD_BYTES_END;
	sending->sock = call_socket(call);
	if (sending->sock < 0)
		return false;
	if (call->event.sock.domain)
		return true;
	call_finish(call, -ENOTSOCK);
	sockid_drop(take_fd(&sending->sock));
	return false;
}

/* Control data that netjail can send in the program's place, with the same effect. */
static int read_control(struct sending *sending, const struct message *message)
{
	struct call *call = sending->call;

	if (carry_is_impossible(&call->event.sock))
		return message->header.control_len ? -EOPNOTSUPP : 0;
	return outgoing_read_control(call->tracer->outgoing, call->task->tid,
				     &message->header, call->word);
}

static enum way choose_way(struct sending *sending, const struct message *message,
			   int *ret_failed)
{
	struct call *call = sending->call;
	const struct outgoing *out = call->tracer->outgoing;
	bool seals = call->tracer->seal, stream = call->event.sock.type == SOCK_STREAM;

	if (sealed_is_wanted(call))
		return WAY_SEALED;
	/* Only netjail connects the socket that was judged; the first bytes follow. */
	if (send_opens_fast(sending))
		return WAY_STREAM;
	*ret_failed = read_control(sending, message);
	if (*ret_failed == -EOPNOTSUPP && seals)
		return WAY_SEALED;
	if (*ret_failed)
		return WAY_NONE;
	/* A filter of the program's own knows sendmsg, perhaps not sendto. */
	if (stream && out->span_count <= 1 && !out->control_len &&
	    !(seals && call->task->own_filter))
		return WAY_STREAM;
	return seals && (stream || send_wants_zero_copy(sending)) ? WAY_SEALED
								  : WAY_CARRIED;
}

/* Control data that can be neither sent nor sealed is told for what it is. */
static int64_t refuse_control(struct call *call, const struct message_header *header)
{
	uint8_t raw[OUTGOING_CONTROL_MAX];
	size_t len = (size_t)header->control_len;

	if (header->control_len <= sizeof(raw) &&
	    mem_read(call->task->tid, (struct remote){header->control}, raw, len) == 0 &&
	    send_is_bent(call, raw, len, call->word))
		return -EPERM;
	return send_copy_error(call, -EOPNOTSUPP);
}

/* What of a message decides where it goes: its name, and where that stands. */
static void show_judged(struct call *call, uint64_t header_at,
			const struct message_header *header)
{
	const struct destination *dest = &call->tracer->outgoing->dest;
	uint8_t raw[64];

	message_header_encode(header, call->word, raw);
	shown_judged(call, header_at, raw, call->word + sizeof(int32_t));
	if (dest->named)
		shown_judged(call, header->name, dest->bytes, dest->len);
}

struct message message_read(struct sending *sending, uint64_t header_at)
{
	struct call *call = sending->call;
	struct message message = {.way = WAY_NONE};
	int failed = outgoing_read(call->tracer->outgoing, call->task->tid, header_at,
				   call->word, &message.header);

	call->event.bytes = call->tracer->outgoing->total;
	if (!failed) {
		show_judged(call, header_at, &message.header);
		send_tell_netlink(call);
		message.way = choose_way(sending, &message, &failed);
	}
	if (message.way == WAY_NONE)
		message.error = failed == -EOPNOTSUPP
					? refuse_control(call, &message.header)
					: send_copy_error(call, failed);
	return message;
}

/* The kernel ignores the address of a TCP stream's message unless it opens the
 * connection; so do the rules. */
static void drop_ignored_name(struct sending *sending)
{
	const struct sockkind *kind = &sending->call->event.sock;

	if (kind->type == SOCK_STREAM && sockkind_is_inet(kind) &&
	    !(sending->flags & MSG_FASTOPEN))
		sending->call->tracer->outgoing->dest.named = false;
}

int64_t message_carry(struct sending *sending, bool *ret_again)
{
	struct call *call = sending->call;
	bool stream = call->event.sock.type == SOCK_STREAM;
	int64_t result;

	drop_ignored_name(sending);
	result = send_message(sending, ret_again);
	if (stream && result == -EPIPE && !(sending->flags & MSG_NOSIGNAL))
		(void)syscall(SYS_tgkill, task_pid(call->task), call->task->tid, SIGPIPE);
	return result;
}

static void send_sealed(struct sending *sending, const struct message *message)
{
	struct call *call = sending->call;

	drop_ignored_name(sending);
	if (call_judge(call, REQUEST_SEND, sending->sock, &call->tracer->outgoing->dest))
		sealed_message(sending, &message->header);
	else
		call_refuse(call, ECONNREFUSED);
}

void message_run(struct sending *sending, const struct message *message)
{
	if (message->way == WAY_SEALED)
		send_sealed(sending, message);
	else
		send_stream(sending);
}

void message_check_race(const struct sending *sending, uint64_t header_at,
			const struct message *message, const struct destination *copy)
{
	struct call *call = sending->call;
	struct message_header now;
	uint8_t raw[64];

	if (!call->tracer->enforces || message->way == WAY_NONE ||
	    mem_read(call->task->tid, (struct remote){header_at}, raw,
		     message_header_size(call->word)) != 0)
		return;
	message_header_decode(raw, call->word, &now);
	if (now.name != message->header.name ||
	    now.name_len != message->header.name_len ||
	    now.control != message->header.control ||
	    now.control_len != message->header.control_len)
		evade_tell(call->tracer, call->task, EVASION_SOCKADDR_RACE,
			   "the judged bytes were used", "%s(%d)", call->event.call,
			   call->event.fd);
	else
		call_check_race(call, message->header.name, copy);
}
