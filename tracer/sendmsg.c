/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/sendmsg.c - sendmsg(2) and sendmmsg(2): each message copied, judged and sent by itself
 */
#include <errno.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#include "tracer/carry.h"
#include "tracer/send.h"
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
	close(take_fd(&sending->sock));
	return false;
}

/* Header, name, spans and control data of the message at `header_at`. 0 or the call's result. */
static int read_message(struct sending *sending, uint64_t header_at)
{
	struct call *call = sending->call;
	struct outgoing *out = call->tracer->outgoing;
	struct message_header header;
	int failed = outgoing_read(out, call->task->tid, header_at, call->word, &header);

	call->event.bytes = out->total;
	if (!failed && !carry_is_impossible(&call->event.sock))
		failed = outgoing_read_control(out, call->task->tid, &header, call->word);
	return failed ? send_copy_error(call, failed) : 0;
}

static void finish_told(struct call *call, int64_t result)
{
	if (send_is_told(call))
		call_finish(call, result);
	else
		call_finish_quiet(call, result);
}

/* Control data of a stream (a kernel TLS record type) goes with its bytes; the address, which
 * the kernel ignores there, does not. */
static int64_t send_stream_control(struct sending *sending, bool *ret_again)
{
	struct call *call = sending->call;
	int64_t result;

	call->tracer->outgoing->dest.named = false;
	result = send_message(sending, ret_again);
	if (result == -EPIPE && !(sending->flags & MSG_NOSIGNAL))
		(void)syscall(SYS_tgkill, task_pid(call->task), call->task->tid, SIGPIPE);
	return result;
}

static void send_one(struct sending *sending)
{
	struct call *call = sending->call;
	struct outgoing *out = call->tracer->outgoing;
	bool again = false, stream = call->event.sock.type == SOCK_STREAM;
	int64_t result = read_message(sending, call->args[1]);

	if (!result && carry_is_impossible(&call->event.sock)) {
		send_own(sending);
		return;
	}
	if (!result && stream && !out->control_len) {
		send_stream(sending, 0);
		return;
	}
	if (!result)
		result = stream ? send_stream_control(sending, &again)
				: send_message(sending, &again);
	if (again)
		call_retry(call);
	else
		finish_told(call, result);
}

void sendmsg_enter(struct call *call)
{
	struct sending sending = {.call = call, .flags = (int32_t)call->args[2]};

	if (!open_sending(&sending))
		return;
	send_one(&sending);
	if (sending.sock >= 0)
		close(sending.sock);
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

/* The bytes of message `index` for the program; `sent`, or -EFAULT. */
static int64_t write_length(struct call *call, unsigned index, int64_t sent)
{
	struct remote at = {length_of(call, index)};
	uint32_t len = (uint32_t)sent;

	return mem_write(call->task->tid, at, &len, sizeof(len)) == 0 ? sent : -EFAULT;
}

/* Starts the event of the next message: nothing of the last one is left in it. */
static void next_event(struct call *call)
{
	call->event.judged = false;
	call->event.has_end = false;
	call->event.host = NULL;
	call->event.reason = NULL;
}

/* Sends message `index` and tells it. Its bytes, or -errno. */
static int64_t send_nth(struct sending *sending, unsigned index, bool *ret_again)
{
	struct call *call = sending->call;
	int64_t result;

	next_event(call);
	result = read_message(sending, header_of(call, index));
	if (!result)
		result = send_message(sending, ret_again);
	if (*ret_again)
		return result;
	if (send_is_told(call))
		call_tell(call->tracer, call->task, &call->event, result);
	return result < 0 ? result : write_length(call, index, result);
}

/* A refused message ends the batch with the count so far; the first one with its errno. So does
 * every other error, as in the kernel. */
static void send_batch(struct sending *sending, unsigned count)
{
	struct call *call = sending->call;
	bool again = false;
	int64_t result = 0;
	unsigned sent = 0;

	while (sent < count) {
		result = send_nth(sending, sent, &again);
		if (again || result < 0)
			break;
		sent++;
	}
	if (again && !sent)
		call_retry(call);
	else
		call_finish_quiet(call, sent ? sent : result);
}

/* The first message alone: a count of 1 is what a program must be ready for. */
static void send_stream_batch(struct sending *sending)
{
	struct call *call = sending->call;
	bool again = false;
	int64_t result = read_message(sending, call->args[1]);

	if (!result && !call->tracer->outgoing->control_len) {
		send_stream(sending, length_of(call, 0));
		return;
	}
	if (!result)
		result = send_stream_control(sending, &again);
	if (again) {
		call_retry(call);
		return;
	}
	if (result >= 0)
		result = write_length(call, 0, result);
	finish_told(call, result < 0 ? result : 1);
}

/* AF_UNIX and netlink: the program's own call, which may name several ends; each is judged. */
static void send_own_batch(struct sending *sending, unsigned count)
{
	struct call *call = sending->call;
	struct outgoing *out = call->tracer->outgoing;

	for (unsigned i = 0; i < count; i++) {
		next_event(call);
		if (read_message(sending, header_of(call, i)) != 0)
			break; /* the kernel ends the batch there, too */
		if (!call_judge(call, REQUEST_SEND, sending->sock, &out->dest)) {
			call_refuse(call, ECONNREFUSED);
			return;
		}
	}
	call_let_pass(call);
}

void sendmmsg_enter(struct call *call)
{
	struct sending sending = {.call = call, .flags = (int32_t)call->args[3]};
	unsigned count = (uint32_t)call->args[2] < BATCH_MAX ? (uint32_t)call->args[2] : BATCH_MAX;

	if (!open_sending(&sending))
		return;
	if (!count)
		call_finish_quiet(call, 0);
	else if (carry_is_impossible(&call->event.sock))
		send_own_batch(&sending, count);
	else if (call->event.sock.type == SOCK_STREAM)
		send_stream_batch(&sending);
	else
		send_batch(&sending, count);
	if (sending.sock >= 0)
		close(sending.sock);
}
