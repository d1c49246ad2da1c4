/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/strace/receive.c - recvfrom, recvmsg and recvmmsg as strace(1) prints them
 */
#include <inttypes.h>
#include <stdio.h>
#include <sys/socket.h>

#include "audit/strace/parts.h"

static void enter_socket(const struct strace *strace)
{
	buf_printf(strace->out, "%d, ", (int32_t)strace->args[0]);
}

static void put_flags(const struct strace *strace, uint64_t flags)
{
	strace_put_flags(strace->out, &strace_message_flags, (uint32_t)flags);
}

static bool read_length(const struct strace *strace, int32_t *ret_len)
{
	return strace->args[4] && strace->args[5] &&
	       strace->read(strace->context, strace->args[5], ret_len, sizeof(*ret_len));
}

void strace_enter_recvfrom(struct strace *strace)
{
	int32_t room = 0;

	enter_socket(strace);
	(void)!read_length(strace, &room);
	strace->kept = (uint32_t)room;
}

void strace_enter_recv(struct strace *strace)
{
	enter_socket(strace);
}

void strace_leave_recv(struct strace *strace)
{
	struct buf *out = strace->out;
	uint64_t got = (uint64_t)strace->result;

	if (strace->result < 0)
		strace_put_pointer(out, strace->args[1]);
	else
		strace_put_payload(strace, strace->args[1],
				   got < strace->args[2] ? got : strace->args[2]);
	buf_printf(out, ", %" PRIu64 ", ", strace->args[2]);
	put_flags(strace, strace->args[3]);
}

void strace_leave_recvfrom(struct strace *strace)
{
	struct buf *out = strace->out;
	int32_t room = (int32_t)strace->kept, len;

	strace_leave_recv(strace);
	buf_puts(out, ", ");
	if (!read_length(strace, &len)) {
		strace_put_pointer(out, strace->args[4]);
		buf_puts(out, ", ");
		strace_put_pointer(out, strace->args[5]);
	} else if (strace->result < 0) {
		strace_put_pointer(out, strace->args[4]);
		buf_printf(out, ", [%d]", room);
	} else {
		strace_put_address(strace, strace->args[4], room < len ? room : len);
		strace_put_room(out, room, len);
	}
}

void strace_enter_recvmsg(struct strace *strace)
{
	enter_socket(strace);
	strace->complete =
		!strace_read_name_room(strace, strace->args[1], &strace->rooms[0]);
	if (!strace->complete)
		return;
	strace_put_pointer(strace->out, strace->args[1]);
	buf_puts(strace->out, ", ");
	put_flags(strace, strace->args[2]);
}

void strace_leave_recvmsg(struct strace *strace)
{
	if (strace->result < 0)
		buf_printf(strace->out, "{msg_namelen=%d}", strace->rooms[0]);
	else
		strace_put_received(strace);
	buf_puts(strace->out, ", ");
	put_flags(strace, strace->args[2]);
}

/* ---- recvmmsg ---- */

/* Its time limit as text: a struct timespec of the call's ABI. */
static void time_text(const struct strace *strace, unsigned word, char *text, size_t size)
{
	uint64_t at = strace->args[4];
	uint8_t bytes[2 * sizeof(uint64_t)];

	if (!at)
		snprintf(text, size, "NULL");
	else if (!strace->read(strace->context, at, bytes, 2 * (size_t)word))
		snprintf(text, size, "%#" PRIx64, at);
	else if (word == sizeof(int32_t))
		snprintf(text, size, "{tv_sec=%d, tv_nsec=%u}",
			 (int32_t)strace_word(bytes, word),
			 (uint32_t)strace_word(bytes + word, word));
	else
		snprintf(text, size, "{tv_sec=%" PRId64 ", tv_nsec=%" PRIu64 "}",
			 (int64_t)strace_word(bytes, word),
			 strace_word(bytes + word, word));
}

static void enter_batch(struct strace *strace, unsigned word)
{
	enter_socket(strace);
	strace_read_rooms(strace);
	time_text(strace, word, strace->limit, sizeof(strace->limit));
}

static void leave_batch(struct strace *strace, unsigned word)
{
	char left[sizeof(strace->limit)];

	if (strace->result < 0)
		strace_put_pointer(strace->out, strace->args[1]);
	else
		strace_put_received_batch(strace);
	buf_printf(strace->out, ", %u, ", (uint32_t)strace->args[2]);
	put_flags(strace, strace->args[3]);
	buf_printf(strace->out, ", %s", strace->limit);
	if (strace->result == 0) {
		snprintf(strace->remark, sizeof(strace->remark), "Timeout");
	} else if (strace->result > 0 && strace->args[4]) {
		time_text(strace, word, left, sizeof(left));
		snprintf(strace->remark, sizeof(strace->remark), "left %s", left);
	}
}

void strace_enter_recvmmsg(struct strace *strace)
{
	enter_batch(strace, strace->word);
}

void strace_leave_recvmmsg(struct strace *strace)
{
	leave_batch(strace, strace->word);
}

void strace_enter_recvmmsg64(struct strace *strace)
{
	enter_batch(strace, sizeof(uint64_t));
}

void strace_leave_recvmmsg64(struct strace *strace)
{
	leave_batch(strace, sizeof(uint64_t));
}
