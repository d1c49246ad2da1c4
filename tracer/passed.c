/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/passed.c - sockets that reach a program ready connected: by recvmsg(2), or
 * inherited
 *
 * Such a socket needs no call that names a destination. One whose peer the rules refuse
 * is shut down (shutdown(2) works on the socket itself, whoever holds it) and told.
 */
#include "tracer/passed.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

#include "base/buf.h"
#include "net/control.h"
#include "net/sockaddr.h"
#include "rules/ruleset.h"
#include "tracer/call.h"
#include "tracer/evade.h"
#include "tracer/outgoing.h"
#include "tracer/sockid.h"
#include "tracer/syscall.h"

#define FDS_MAX 253 /* SCM_MAX_FD, unix(7) */

static bool peer_of(int sock, struct request *ret_request)
{
	struct sockaddr_storage storage;
	socklen_t len = sizeof(storage);

	memset(ret_request, 0, sizeof(*ret_request));
	ret_request->kind = REQUEST_CONNECT;
	return sockid_kind(sock, &ret_request->sock) == 0 &&
	       sockkind_is_inet(&ret_request->sock) &&
	       getpeername(sock, (struct sockaddr *)&storage, &len) == 0 &&
	       sockaddr_decode((const uint8_t *)&storage, len, &ret_request->end) == 0;
}

bool passed_is_refused(const struct ruleset *rules, int sock, struct endpoint *ret_peer)
{
	struct request request;

	if (!peer_of(sock, &request) ||
	    ruleset_decide(rules, &request).verdict == VERDICT_ALLOW)
		return false;
	*ret_peer = request.end;
	return true;
}

static void judge_passed(struct tracer *tracer, struct task *task, int fd)
{
	cleanup_fd int sock = sockid_take(task, fd);
	struct endpoint peer;
	char text[80];
	struct buf buf;

	if (sock < 0 || !passed_is_refused(tracer->config->rules, sock, &peer))
		return;
	shutdown(sock, SHUT_RDWR);
	buf_init(&buf, text, sizeof(text));
	endpoint_put(&buf, &peer);
	evade_tell(tracer, task, EVASION_FD_PASSED_IN, "shut down",
		   "received a socket connected to %s", text);
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

static void judge_message(struct tracer *tracer, struct task *task, uint64_t at,
			  unsigned word)
{
	uint8_t raw[64], control[FDS_MAX * sizeof(int) + 256];
	struct message_header header;
	size_t len;

	if (mem_read(task->tid, (struct remote){at}, raw, message_header_size(word)) != 0)
		return;
	message_header_decode(raw, word, &header);
	len = header.control_len < sizeof(control) ? (size_t)header.control_len
						   : sizeof(control);
	if (len &&
	    mem_read(task->tid, (struct remote){header.control}, control, len) == 0)
		judge_control(tracer, task, control, len, word);
}

static void settle(struct tracer *tracer, struct task *task, int64_t result)
{
	if (task->pending.replaced)
		call_end_replaced_quiet(tracer, task, result);
	else
		task_settle(task);
}

void passed_fd_ended(struct tracer *tracer, struct task *task, int64_t result)
{
	if (result >= 0)
		judge_passed(tracer, task, (int)result);
	settle(tracer, task, result);
}

static void received(struct tracer *tracer, struct task *task, int64_t result)
{
	struct pending *pending = &task->pending;
	unsigned word = abi_get(pending->call.abi)->word;
	uint64_t count = pending->out[1] ? (uint64_t)result : 1;

	for (uint64_t i = 0; result >= 0 && i < count; i++)
		judge_message(tracer, task, pending->out[0] + i * message_stride(word),
			      word);
	settle(tracer, task, result);
}

/* recvmsg(2), recvmmsg(2): only AF_UNIX carries descriptors (unix(7)), but which
 * socket the number is when the call runs is not known before. */
void recvmsg_enter(struct call *call)
{
	call->task->pending.out[0] = call->args[1];
	call->task->pending.out[1] = call->id == SYS_ID_RECVMSG ? 0 : 1;
	call_let_run_then(call, received);
}
