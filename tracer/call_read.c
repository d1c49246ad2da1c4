/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/call_read.c - what handlers share: the socket and the address of a call
 */
#include "tracer/call.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

#include "tracer/evade.h"
#include "tracer/shown.h"
#include "tracer/sockid.h"

int call_socket(struct call *call)
{
	int sock = sockid_take(call->task, call->event.fd), failed;

	if (sock == -EBADF) {
		call_finish(call, -EBADF);
		return -1;
	}
	if (sock < 0) {
		if (sock != -ESRCH)
			call_fail_closed(call, "the socket could not be had");
		return -1;
	}
	failed = sockid_kind(sock, &call->event.sock);
	if (failed && failed != -ENOTSOCK) {
		sockid_drop(sock);
		call_finish(call, failed);
		return -1;
	}
	return sock;
}

int call_copy_address(struct call *call, uint64_t from, int32_t len,
		      struct destination *ret_copy)
{
	int failed;

	/* net/socket.c move_addr_to_kernel */
	if (len < 0 || len > ENDPOINT_RAW_MAX)
		return -EINVAL;
	failed = mem_read(call->task->tid, (struct remote){from}, ret_copy->bytes,
			  (size_t)len);
	if (failed)
		return failed;
	ret_copy->len = (uint32_t)len;
	ret_copy->named = true;
	shown_judged(call, from, ret_copy->bytes, ret_copy->len);
	return 0;
}

void call_copy_failed(struct call *call, int error)
{
	if (error == -EINVAL || error == -EFAULT || error == -EMSGSIZE ||
	    error == -ENOBUFS)
		call_finish(call, error);
	else if (error != -ESRCH)
		call_fail_closed(call, "the program's memory could not be read");
}

void call_check_race(struct call *call, uint64_t from, const struct destination *copy)
{
	uint8_t now[ENDPOINT_RAW_MAX];

	/* One that is watched alone seldom has somebody to race with, and looking costs
	 * 2 us. */
	if (!call->tracer->enforces || !copy->named ||
	    HASH_COUNT(call->tracer->tasks.head) < 2 ||
	    mem_read(call->task->tid, (struct remote){from}, now, copy->len) != 0 ||
	    memcmp(now, copy->bytes, copy->len) == 0)
		return;
	evade_tell(call->tracer, call->task, EVASION_SOCKADDR_RACE,
		   "the judged bytes were used", "%s(%d)", call->event.call,
		   call->event.fd);
}

int call_socket_and_address(struct call *call, struct destination *ret_copy)
{
	cleanup_sock int sock = call_socket(call);
	int failed;

	if (sock < 0)
		return -1;
	failed = call_copy_address(call, call->args[1], (int32_t)call->args[2], ret_copy);
	if (failed) {
		call_copy_failed(call, failed);
		return -1;
	}
	if (!call->event.sock.domain) {
		call_finish(call, -ENOTSOCK);
		return -1;
	}
	return take_fd(&sock);
}

/* ---- socketcall(2) ---- */

bool call_demultiplex(struct call *call)
{
	uint32_t words[6] = {0};
	unsigned count;
	enum sys_id id = sysnr_socketcall(call->arch.args[0], &count);
	struct remote at = {call->arch.args[1]};

	if (call->id != SYS_ID_SOCKETCALL)
		return true;
	if (id == SYS_ID_OTHER) {
		call_finish_quiet(call, -EINVAL);
		return false;
	}
	if (mem_read(call->task->tid, at, words, count * sizeof(words[0])) != 0) {
		call_finish_quiet(call, -EFAULT);
		return false;
	}
	for (unsigned i = 0; i < ARRAY_LEN(words); i++)
		call->args[i] = words[i];
	call->id = id;
	call->multiplexed = true;
	return true;
}

void call_check_multiplexed_race(struct call *call, const uint64_t judged[static 6])
{
	uint32_t words[6] = {0};
	unsigned count;
	struct remote at = {call->arch.args[1]};

	(void)sysnr_socketcall(call->arch.args[0], &count);
	if (mem_read(call->task->tid, at, words, count * sizeof(words[0])) != 0)
		return;
	for (unsigned i = 0; i < count; i++) {
		if (words[i] == judged[i])
			continue;
		evade_tell(call->tracer, call->task, EVASION_SOCKADDR_RACE,
			   "the judged bytes were used", "socketcall(%s)",
			   call->event.call);
		return;
	}
}
