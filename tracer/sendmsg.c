/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/sendmsg.c - sendmsg(2) and sendmmsg(2): each message copied, judged and sent by
 * itself
 */
#include <errno.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#include "tracer/carry.h"
#include "tracer/evade.h"
#include "tracer/sealed.h"
#include "tracer/shown.h"
#include "tracer/sockid.h"
#include "tracer/syscall.h"

#define BATCH_MAX 1024 /* UIO_MAXIOV: net/socket.c __sys_sendmmsg */

/* Takes the duplicate and its kind; false when the call has been ended. */
static bool open_sending(struct sending *sending)
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

/* How a message gets to the kernel. */
enum way {
	WAY_NONE = 0, /* not at all: it could not be read */
	WAY_CARRIED,  /* netjail sends its copy */
	WAY_STREAM,   /* the program sends, without an address and without control data */
	/* the program sends, on a sealed copy of header, name and control data */
	WAY_SEALED,
};

/* A message that has been read, all but its payload. */
struct message {
	struct message_header header;
	enum way way;
	int64_t error; /* WAY_NONE: the call's result */
};

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

static struct message read_message(struct sending *sending, uint64_t header_at)
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

/* The bytes of message `index` for the program; `sent`, or -EFAULT. */
static int64_t write_length(struct call *call, uint64_t len_at, int64_t sent)
{
	uint32_t len = (uint32_t)sent;
	int failed =
		mem_write(call->task->tid, (struct remote){len_at}, &len, sizeof(len));

	return failed ? -EFAULT : sent;
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

/* Sends the copy. */
static int64_t send_carried(struct sending *sending, bool *ret_again)
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

/* One message that is a call of its own: sendmsg(2), or what sendmmsg(2) makes of its
 * first one (`len_at` then tells where its bytes are wanted): a count of 1 is what a
 * program must be ready for. */
static void send_sealed(struct sending *sending, const struct message *message,
			uint64_t len_at)
{
	struct call *call = sending->call;

	drop_ignored_name(sending);
	if (call_judge(call, REQUEST_SEND, sending->sock, &call->tracer->outgoing->dest))
		sealed_message(sending, &message->header, len_at);
	else
		call_refuse(call, ECONNREFUSED);
}

static void send_alone(struct sending *sending, const struct message *message,
		       uint64_t len_at)
{
	struct call *call = sending->call;
	bool again = false;
	int64_t result = message->error;

	if (message->way == WAY_STREAM) {
		send_stream(sending, len_at);
		return;
	}
	if (message->way == WAY_SEALED) {
		send_sealed(sending, message, len_at);
		return;
	}
	if (message->way == WAY_CARRIED)
		result = send_carried(sending, &again);
	if (again) {
		call_retry(call);
		return;
	}
	if (len_at && result >= 0)
		result = write_length(call, len_at, result) < 0 ? -EFAULT : 1;
	send_finish(call, result);
}

/* Tells when the header or the name is another now than what was judged. */
static void check_race(const struct sending *sending, uint64_t header_at,
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

void sendmsg_enter(struct call *call)
{
	struct sending sending = {.call = call, .flags = (int32_t)call->args[2]};
	struct destination copy;
	struct message message;

	if (!open_sending(&sending))
		return;
	message = read_message(&sending, call->args[1]);
	copy = call->tracer->outgoing->dest;
	send_alone(&sending, &message, 0);
	check_race(&sending, call->args[1], &message, &copy);
	if (sending.sock >= 0)
		sockid_drop(sending.sock);
}

/* ---- sendmmsg ---- */

static uint64_t header_of(const struct call *call, unsigned index)
{
	return call->args[1] + index * message_stride(call->word);
}

static uint64_t length_of(const struct call *call, unsigned index)
{
	return header_of(call, index) + message_header_size(call->word);
}

/* Starts the event of the next message: nothing of the last one is left in it. */
static void next_event(struct call *call)
{
	call->event.judged = false;
	call->event.has_end = false;
	call->event.host = NULL;
	call->event.reason = NULL;
}

/* Sends a message of the batch and tells it. Its bytes, or -errno. */
static int64_t send_nth(struct sending *sending, unsigned index,
			const struct message *message, bool *ret_again)
{
	struct call *call = sending->call;
	struct destination copy = call->tracer->outgoing->dest;
	int64_t result = message->error;

	if (message->way == WAY_CARRIED)
		result = send_carried(sending, ret_again);
	if (*ret_again)
		return result;
	check_race(sending, header_of(call, index), message, &copy);
	if (send_is_told(call))
		call_tell(call->tracer, call->task, &call->event, result);
	return result < 0 ? result : write_length(call, length_of(call, index), result);
}

/* A refused message ends the batch with the count so far; the first one with its errno.
 * So does every other error, as in the kernel, and a message that cannot be sent from
 * here. */
static void send_batch(struct sending *sending, unsigned count, struct message message)
{
	struct call *call = sending->call;
	bool again = false;
	int64_t result = 0;
	unsigned sent = 0;

	while (message.way == WAY_CARRIED || message.way == WAY_NONE) {
		result = send_nth(sending, sent, &message, &again);
		if (again || result < 0 || ++sent == count)
			break;
		next_event(call);
		message = read_message(sending, header_of(call, sent));
	}
	if (again && !sent)
		call_retry(call);
	else
		call_finish_quiet(call, sent ? sent : result);
}

void sendmmsg_enter(struct call *call)
{
	struct sending sending = {.call = call, .flags = (int32_t)call->args[3]};
	unsigned count =
		(uint32_t)call->args[2] < BATCH_MAX ? (uint32_t)call->args[2] : BATCH_MAX;
	struct message message;

	if (!open_sending(&sending))
		return;
	message = read_message(&sending, call->args[1]);
	if (!count)
		call_finish_quiet(call, 0);
	else if (message.way == WAY_CARRIED)
		send_batch(&sending, count, message);
	else
		send_alone(&sending, &message, length_of(call, 0));
	if (sending.sock >= 0)
		sockid_drop(sending.sock);
}
