/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/passed.c - sockets that reach a program ready connected: by recvmsg(2), or
 * inherited
 *
 * Such a socket needs no call that names a destination. One whose peer the rules refuse
 * is shut down (tracer/cut) and told.
 */
#include "tracer/passed.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buf.h"
#include "names/table.h"
#include "net/control.h"
#include "net/sockaddr.h"
#include "rules/ruleset.h"
#include "tracer/call.h"
#include "tracer/cut.h"
#include "tracer/evade.h"
#include "tracer/handed.h"
#include "tracer/outgoing.h"
#include "tracer/prepared.h"
#include "tracer/proc.h"
#include "tracer/sockid.h"
#include "tracer/syscall.h"

/* SCM_MAX_FD descriptors (unix(7)), and what may stand before them: times, credentials
 * and a label of security(7), which is less than a page. */
#define CONTROL_MAX (253 * sizeof(int) + 4096 + 256)

#define BATCH_MAX 1024 /* UIO_MAXIOV: net/socket.c __sys_recvmmsg */

/* Under way to a peer that getpeername(2) does not name yet: a listening stream says what
 * it is, an idle one that it is hung up (net/ipv4/tcp.c tcp_poll). */
static bool is_connecting(int sock, const struct sockkind *kind)
{
	struct pollfd poll_ = {.fd = sock};
	int listens = 0;
	socklen_t len = sizeof(listens);

	return sockkind_is_inet(kind) && kind->type == SOCK_STREAM &&
	       getsockopt(sock, SOL_SOCKET, SO_ACCEPTCONN, &listens, &len) == 0 &&
	       !listens && poll(&poll_, 1, 0) >= 0 && !(poll_.revents & POLLHUP);
}

static bool has_refused_peer(const struct run_config *config, int sock,
			     const struct sockkind *kind, struct buf *what)
{
	struct request request = {.kind = REQUEST_CONNECT, .sock = *kind, .user = -1};
	struct sockaddr_storage storage;
	socklen_t len = sizeof(storage);
	enum verdict verdict;

	if (getpeername(sock, (struct sockaddr *)&storage, &len) < 0) {
		if (!is_connecting(sock, kind))
			return false;
		buf_puts(what, "on its way to an unknown peer");
		return true;
	}
	/* An end of a socket pair has no name, and nobody outside at its other end. */
	if (sockaddr_decode((const uint8_t *)&storage, len, &request.end) != 0 ||
	    (kind->domain == AF_UNIX && !request.end.un.path_len))
		return false;
	if (config->names && sockkind_is_inet(kind))
		request.name_count = names_all(config->names, &request.end.inet.addr,
					       request.names, REQUEST_NAMES_MAX);
	verdict = ruleset_decide(config->rules, &request).verdict;
	if (verdict == VERDICT_ALLOW || verdict == VERDICT_DELAY)
		return false;
	buf_puts(what, "connected to ");
	endpoint_put(what, &request.end);
	return true;
}

bool passed_is_refused(const struct run_config *config, int sock, struct buf *what)
{
	struct request request = {.kind = REQUEST_SOCKET, .user = -1};

	if (sockid_kind(sock, &request.sock) != 0)
		return false;
	request.end.family = (uint16_t)request.sock.domain;
	if (request.sock.domain != AF_UNIX &&
	    ruleset_decide(config->rules, &request).verdict != VERDICT_ALLOW) {
		buf_puts(what, "of a refused kind, ");
		sockkind_put(what, &request.sock);
		return true;
	}
	return has_refused_peer(config, sock, &request.sock, what);
}

/* The process, and those that share its descriptors (clone(2) CLONE_FILES). */
static void end_holders(struct tracer *tracer, struct task *task)
{
	struct task *other, *next;

	call_kill(task, -EPERM);
	HASH_ITER(hh, tracer->tasks.head, other, next)
	if (task_pid(other) != task_pid(task) && proc_share_files(task->tid, other->tid))
		call_kill(other, -EPERM);
}

static void judge_passed(struct tracer *tracer, struct task *task, int fd)
{
	cleanup_sock int sock = sockid_take(task, fd);
	const char *outcome = "shut down";
	char text[160];
	struct buf buf;
	int took = 0;

	buf_init(&buf, text, sizeof(text));
	if (sock == -EBADF || sock == -ESRCH)
		return;
	if (sock < 0) {
		buf_puts(&buf, "that could not be had");
	} else if (!passed_is_refused(tracer->config, sock, &buf) ||
		   handed_is_known(tracer, sock)) {
		buf_init(&buf, text, sizeof(text));
		took = prepared_take_all(sock, &buf);
		if (!took)
			return;
	}
	if (took > 0) {
		outcome = "taken off";
	} else if (sock < 0 || cut_socket(sock) != 0) {
		outcome = "its process was ended";
		end_holders(tracer, task);
	}
	evade_tell(tracer, task, EVASION_FD_PASSED_IN, outcome, "received a socket %s",
		   text);
}

/* Every descriptor in the control data that the kernel has written. */
static void judge_control(struct tracer *tracer, struct task *task, const uint8_t *bytes,
			  size_t len, unsigned word)
{
	struct control_message message;
	size_t at = 0;
	int fd;

	while (control_next(bytes, len, word, &at, &message) == 1) {
		if (message.level != SOL_SOCKET || message.type != SCM_RIGHTS)
			continue;
		for (size_t i = 0; i + sizeof(fd) <= message.len; i += sizeof(fd)) {
			memcpy(&fd, message.data + i, sizeof(fd));
			judge_passed(tracer, task, fd);
		}
	}
}

/* The header as it is now; 0 or the errors of mem_read. */
static int read_header(struct task *task, uint64_t at, unsigned word,
		       struct message_header *ret_header)
{
	uint8_t raw[64];
	int failed = mem_read_forced(task->tid, (struct remote){at}, raw,
				     message_header_size(word));

	if (!failed)
		message_header_decode(raw, word, ret_header);
	return failed;
}

/* The control data of one message, which stands at `control`, or where its header says
 * when that is 0. False when it cannot be read. */
static bool judge_message(struct tracer *tracer, struct task *task, uint64_t at,
			  uint64_t control)
{
	unsigned word = abi_get(task->pending.call.abi)->word;
	uint8_t bytes[CONTROL_MAX];
	struct message_header header;
	size_t len;

	if (read_header(task, at, word, &header) != 0)
		return false;
	if (header.name)
		peers_restore_name(tracer, task, header.name);
	len = header.control_len < sizeof(bytes) ? (size_t)header.control_len
						 : sizeof(bytes);
	if (!control)
		control = header.control;
	if (!len)
		return true;
	if (mem_read_forced(task->tid, (struct remote){control}, bytes, len) != 0)
		return false;
	judge_control(tracer, task, bytes, len, word);
	return true;
}

void passed_fd_ended(struct tracer *tracer, struct task *task, int64_t result)
{
	if (result >= 0)
		judge_passed(tracer, task, (int)result);
	call_end_passed(tracer, task, result);
}

/* What `count` messages have brought. pending.out: the first header, and where its
 * control data stood before the call, as the kernel took it: the program may have laid
 * the one over the other. */
static void judge_messages(struct tracer *tracer, struct task *task, int64_t count)
{
	const struct pending *pending = &task->pending;
	unsigned word = abi_get(pending->call.abi)->word;

	for (int64_t i = 0; i < count; i++) {
		uint64_t at = pending->out[0] + (uint64_t)i * message_stride(word);

		if (judge_message(tracer, task, at, i ? 0 : pending->out[1]))
			continue;
		evade_tell(tracer, task, EVASION_FD_PASSED_IN, "its process was ended",
			   "received what netjail cannot read");
		end_holders(tracer, task);
		return;
	}
}

static void received(struct tracer *tracer, struct task *task, int64_t result)
{
	judge_messages(tracer, task, result >= 0);
	call_end_passed(tracer, task, result);
}

/* Of a socket that cannot bring descriptors. */
static void received_batch(struct tracer *tracer, struct task *task, int64_t result)
{
	unsigned word = abi_get(task->pending.call.abi)->word;

	for (uint64_t i = 0; result > 0 && i < (uint64_t)result; i++)
		(void)!judge_message(tracer, task,
				     task->pending.out[0] + i * message_stride(word), 0);
	call_end_passed(tracer, task, result);
}

/* A part of a batch: the program makes its call again for the rest, as do_recvmmsg in
 * net/socket.c goes on. What ends it then, a signal with a handler too
 * (call_signalled), ends it with the count so far. */
static void received_part(struct tracer *tracer, struct task *task, int64_t result)
{
	const struct pending *pending = &task->pending;
	unsigned count = task->batch.set ? task->batch.sent : 0;
	bool goes_on = result == -ERESTARTSYS && count;

	if (result > 0) {
		goes_on = result < pending->asked ? !pending->short_ends : pending->more;
		count += (unsigned)result;
	}
	judge_messages(tracer, task, result);
	if (goes_on && !tracer->leaving)
		call_again_replaced(task, count);
	else
		call_end_passed(tracer, task, count ? count : result);
}

bool passed_is_receiving(const struct task *task)
{
	call_exit_fn exit = task->pending.exit;

	return exit == received || exit == received_batch || exit == received_part ||
	       exit == passed_fd_ended;
}

void passed_exiting(struct tracer *tracer, struct task *task)
{
	int64_t result;

	if (passed_is_receiving(task) && arch_result_get_exiting(task->tid, &result) == 0)
		task->pending.exit(tracer, task, result);
}

/* The header is to be readable, so that what it brings can be judged. False when the call
 * has been ended. */
static bool prepare_message(struct call *call)
{
	struct message_header header;

	if (read_header(call->task, call->args[1], call->word, &header) != 0) {
		evade_tell(call->tracer, call->task, EVASION_FD_PASSED_IN,
			   "refused (EFAULT)", "%s into memory that netjail cannot read",
			   call->event.call);
		call_finish_quiet(call, -EFAULT);
		return false;
	}
	call->task->pending.out[0] = call->args[1];
	call->task->pending.out[1] = header.control;
	return true;
}

/* Only AF_UNIX carries descriptors (unix(7)), but which socket the number is when the
 * call runs is not known before. */
void recvmsg_enter(struct call *call)
{
	if (!call->tracer->enforces) { /* it is only shown */
		call_let_pass(call);
		return;
	}
	call->task->pending.since = ++call->tracer->clock;
	if (!prepare_message(call))
		return;
	call->task->pending.cap = peers_room(call, 1);
	call_let_run_then(call, received);
}

static bool brings_no_descriptors(struct call *call)
{
	cleanup_sock int sock = sockid_take(call->task, call->event.fd);
	struct sockkind kind;

	return sock == -EBADF ||
	       (sock >= 0 && sockid_kind(sock, &kind) == 0 && sockkind_is_inet(&kind));
}

/* Nobody else can put another socket under a number. */
static bool owns_descriptors(const struct call *call)
{
	struct task *task, *next;

	HASH_ITER(hh, call->tracer->tasks.head, task, next)
	if (task != call->task && (task_pid(task) == task_pid(call->task) ||
				   proc_share_files(task->tid, call->task->tid)))
		return false;
	return true;
}

/* The kernel has written what is left of the time limit. */
static bool is_out_of_time(const struct call *call)
{
	static const uint8_t none[16];
	uint8_t left[16];
	size_t len = call->word == 4 && call->id == SYS_ID_RECVMMSG ? 8 : 16;

	return call->args[4] &&
	       mem_read(call->task->tid, (struct remote){call->args[4]}, left, len) ==
		       0 &&
	       memcmp(left, none, len) == 0;
}

/* So many without waiting: what the first one brings is not judged before the last. */
#define PART_MAX 16

/* The next messages of `count`, `done` being there. A batch that waits for its second
 * message has the descriptors of the first one given to the program already: what could
 * bring any is received one at a time, and what could be exchanged for that meanwhile
 * without a wait after the first. */
static void receive_part(struct call *call, uint32_t done, uint32_t count)
{
	struct pending *pending = &call->task->pending;
	bool many = brings_no_descriptors(call);
	uint32_t flags = (uint32_t)call->args[3], rest = count - done;
	uint64_t args[6];

	call->args[1] += done * message_stride(call->word);
	if (!prepare_message(call))
		return;
	pending->asked = !many ? 1 : rest < PART_MAX ? rest : PART_MAX;
	pending->more = (flags & MSG_OOB) ? 0 : rest - pending->asked;
	pending->short_ends = flags & (MSG_DONTWAIT | MSG_WAITFORONE | MSG_OOB);
	if (done && (flags & MSG_WAITFORONE))
		flags |= MSG_DONTWAIT;
	pending->cap = peers_room(call, pending->asked);
	memcpy(args, call->args, sizeof(args));
	args[2] = pending->asked;
	args[3] = flags | MSG_WAITFORONE;
	call_replace(call, call->id, args, -1, received_part);
}

void recvmmsg_enter(struct call *call)
{
	struct task *task = call->task;
	uint32_t done = task->batch.set ? task->batch.sent : 0;
	uint32_t count = (uint32_t)call->args[2];

	if (!call->tracer->enforces) {
		call_let_pass(call);
		return;
	}
	if (count > BATCH_MAX)
		count = BATCH_MAX;
	task->pending.since = ++call->tracer->clock;
	if (done && (call->tracer->leaving || is_out_of_time(call))) {
		call_finish_quiet(call, done);
	} else if (!count ||
		   (!done && owns_descriptors(call) && brings_no_descriptors(call))) {
		task->pending.out[0] = call->args[1];
		task->pending.cap = peers_room(call, count);
		call_let_run_then(call, received_batch);
	} else {
		receive_part(call, done, count);
	}
}
