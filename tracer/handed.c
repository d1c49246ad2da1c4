/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/handed.c - connections that one program under trace hands to another
 *
 * Theory of operation
 *   Problem:    a socket that arrives connected to a refused peer is shut down
 *               (tracer/passed), also one that a server of the same run has accepted.
 *   Mechanism:  when a descriptor is sent, the kernel's name of its socket (SO_COOKIE) is
 *               remembered; what is known arrives unharmed.
 *   Invariants: MUST NOT remember a socket that may have arrived by a receive that is
 *               still in progress, because it has not been judged: nobody is inside such
 *               a call who shares the sender's descriptors, or did when the sender's
 *               table was made (fork, exec, unshare). Numbers of tracer->clock say what
 *               was first.
 */
#include "tracer/handed.h"

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/xalloc.h"
#include "net/control.h"
#include "tracer/call.h"
#include "tracer/passed.h"
#include "tracer/proc.h"
#include "tracer/sockid.h"

/* Cookies count up: each has its place until so many more sockets have been made. */
#define PLACES 4096

struct handed {
	uint64_t cookies[PLACES];
};

/* Since when the task's table of descriptors has been a table of its own. */
static uint64_t table_since(const struct call *call)
{
	const struct task *task = call->task;
	const struct task *leader = task_find(&call->tracer->tasks, task_pid(call->task));

	return leader && leader != task && proc_share_files(leader->tid, task->tid)
		       ? leader->table_since
		       : task->table_since;
}

/* No descriptor of the sender's can be one that has not been judged. */
static bool holds_judged_only(const struct call *call)
{
	uint64_t since = table_since(call);
	struct task *task, *next;

	if (call->tracer->config->allow_io_uring) /* its receives are unseen */
		return false;
	HASH_ITER(hh, call->tracer->tasks.head, task, next)
	{
		if (task != call->task && passed_is_receiving(task) &&
		    (since >= task->pending.since ||
		     proc_share_files(task->tid, call->task->tid)))
			return false;
	}
	return true;
}

/* Only streams: the peer of a datagram socket may be another one tomorrow. */
static void remember(struct call *call, int fd)
{
	cleanup_sock int sock = sockid_take(call->task, fd);
	struct tracer *tracer = call->tracer;
	struct sockkind kind;
	uint64_t cookie;

	if (sock < 0 || sockid_kind(sock, &kind) != 0 || !sockkind_is_inet(&kind) ||
	    kind.type != SOCK_STREAM || !holds_judged_only(call))
		return;
	cookie = sockid_cookie(sock);
	if (!tracer->handed)
		tracer->handed = xcalloc(1, sizeof(*tracer->handed));
	tracer->handed->cookies[cookie % PLACES] = cookie;
}

void handed_note(struct call *call, const uint8_t *control, size_t len)
{
	struct control_message message;
	size_t at = 0;
	int fd;

	while (control_next(control, len, call->word, &at, &message) == 1) {
		if (message.level != SOL_SOCKET || message.type != SCM_RIGHTS)
			continue;
		for (size_t i = 0; i + sizeof(fd) <= message.len; i += sizeof(fd)) {
			memcpy(&fd, message.data + i, sizeof(fd));
			remember(call, fd);
		}
	}
}

bool handed_is_known(const struct tracer *tracer, int sock)
{
	uint64_t cookie = tracer->handed ? sockid_cookie(sock) : 0;

	return cookie && tracer->handed->cookies[cookie % PLACES] == cookie;
}

void handed_free(struct handed *handed)
{
	free(handed);
}

static void table_made(struct tracer *tracer, struct task *task, int64_t result)
{
	(void)result;
	task->table_since = ++tracer->clock;
	task_settle(task);
}

void handed_new_table(struct call *call)
{
	call_let_run_then(call, table_made);
}

void close_range_enter(struct call *call)
{
	handed_new_table(call);
}
