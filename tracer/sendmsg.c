/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/sendmsg.c - sendmsg(2) and sendmmsg(2): each message copied, judged and sent by
 * itself
 */
#include <errno.h>
#include <sys/socket.h>

#include "tracer/message.h"
#include "tracer/sockid.h"
#include "tracer/syscall.h"

#define BATCH_MAX 1024 /* UIO_MAXIOV: net/socket.c __sys_sendmmsg */

static void send_alone(struct sending *sending, const struct message *message)
{
	struct call *call = sending->call;
	bool again = false;
	int64_t result = message->error;

	if (message->way == WAY_STREAM || message->way == WAY_SEALED) {
		message_run(sending, message);
		return;
	}
	if (message->way == WAY_CARRIED)
		result = message_carry(sending, &again);
	if (again)
		call_retry(call);
	else
		send_finish(call, result);
}

void sendmsg_enter(struct call *call)
{
	struct sending sending = {
		.call = call, .flags = (int32_t)call->args[2], .ended = send_ended};
	struct destination copy;
	struct message message;

	if (!message_open(&sending))
		return;
	message = message_read(&sending, call->args[1]);
	copy = call->tracer->outgoing->dest;
	send_alone(&sending, &message);
	message_check_race(&sending, call->args[1], &message, &copy);
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

/* The kernel looks at no more than BATCH_MAX. */
static unsigned count_of(const struct call *call)
{
	uint32_t count = (uint32_t)call->args[2];

	return count < BATCH_MAX ? count : BATCH_MAX;
}

/* The bytes of a message for the program; false when it has no room for them. */
static bool write_length(const struct task *task, uint64_t at, int64_t sent)
{
	uint32_t len = (uint32_t)sent;

	return mem_write(task->tid, (struct remote){at}, &len, sizeof(len)) == 0;
}

/* Starts the event of the next message: nothing of the last one is left in it. */
static void next_event(struct call *call)
{
	call->event.judged = false;
	call->event.has_end = false;
	call->event.host = NULL;
	call->event.reason = NULL;
}

/* So many are done: an error ends the call with that count (call_finish_quiet). */
static void count_sent(struct call *call, unsigned sent)
{
	call->task->batch.set = true;
	call->task->batch.call = call->arch;
	call->task->batch.sent = sent;
}

/* Sends a message of the batch and tells it. Its bytes, or -errno. */
static int64_t send_nth(struct sending *sending, unsigned index,
			const struct message *message, bool *ret_again)
{
	struct call *call = sending->call;
	struct destination copy = call->tracer->outgoing->dest;
	int64_t result = message->error;

	if (message->way == WAY_CARRIED)
		result = message_carry(sending, ret_again);
	if (*ret_again)
		return result;
	message_check_race(sending, header_of(call, index), message, &copy);
	if (send_is_told(call))
		call_tell(call->tracer, call->task, &call->event, result);
	if (result >= 0 && !write_length(call->task, length_of(call, index), result))
		return -EFAULT;
	return result;
}

/* The exit of a message that the program sent, with more to come or not. A short one is
 * the last (net/socket.c __sys_sendmmsg). */
static void batch_ended(struct tracer *tracer, struct task *task, int64_t result)
{
	struct pending *pending = &task->pending;
	unsigned sent = task->batch.set ? task->batch.sent : 0;
	bool whole = result >= 0 && (uint64_t)result == pending->event.bytes;

	send_settle(task, result);
	if (result < 0 && !sent) {
		if (pending->told)
			call_end_replaced(tracer, task, result);
		else
			call_end_replaced_quiet(tracer, task, result);
		return;
	}
	if (pending->told && result > -512)
		call_tell(tracer, task, &pending->event, result);
	if (result >= 0 && !write_length(task, pending->out[0], result))
		result = -EFAULT;
	sent += result >= 0;
	if (result >= 0 && whole && sent < pending->out[1] && !tracer->leaving)
		call_again_replaced(task, sent);
	else
		call_end_replaced_quiet(tracer, task, sent ? sent : result);
}

/* The program sends this one itself. In an attach that refuses nothing the whole call
 * would run as it is, from its first message. */
static void run_nth(struct sending *sending, unsigned index,
		    const struct message *message)
{
	struct call *call = sending->call;
	struct destination copy = call->tracer->outgoing->dest;

	if (index && call->tracer->gate && !call->tracer->enforces) {
		call_finish_quiet(call, index);
		return;
	}
	call->task->pending.out[0] = length_of(call, index);
	call->task->pending.out[1] = count_of(call);
	message_run(sending, message);
	message_check_race(sending, header_of(call, index), message, &copy);
}

/* A refused message ends the batch with the count so far; the first one with its errno.
 * So does every other error, as in the kernel. */
static void send_batch(struct sending *sending, unsigned at)
{
	struct call *call = sending->call;
	struct message message = message_read(sending, header_of(call, at));
	bool again = false;
	int64_t result = 0;

	while (message.way == WAY_CARRIED || message.way == WAY_NONE) {
		result = send_nth(sending, at, &message, &again);
		if (again || result < 0)
			break;
		if (++at == count_of(call)) {
			call_finish_quiet(call, at);
			return;
		}
		count_sent(call, at);
		next_event(call);
		message = message_read(sending, header_of(call, at));
	}
	if (again)
		call_retry(call);
	else if (message.way == WAY_CARRIED || message.way == WAY_NONE)
		call_finish_quiet(call, result);
	else
		run_nth(sending, at, &message);
}

void sendmmsg_enter(struct call *call)
{
	struct sending sending = {
		.call = call, .flags = (int32_t)call->args[3], .ended = batch_ended};
	unsigned sent = call->task->batch.set ? call->task->batch.sent : 0;

	if (!message_open(&sending))
		return;
	if (sent >= count_of(call) || (sent && call->tracer->leaving))
		call_finish_quiet(call, sent);
	else
		send_batch(&sending, sent);
	if (sending.sock >= 0)
		sockid_drop(sending.sock);
}
