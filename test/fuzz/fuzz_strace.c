/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/fuzz/fuzz_strace.c - any memory of a program prints as a line of plain ASCII
 */
/* The first byte chooses the call and the word size, six words are its arguments, and all of
 * the input is the program's memory, at BASE. */
#include <string.h>

#include "audit/strace/strace.h"
#include "base/buf.h"
#include "test/fuzz/fuzz.h"

#define BASE 0x10000u

struct input {
	const uint8_t *data;
	size_t size;
};

static bool read_input(void *context, uint64_t at, void *to, size_t len)
{
	const struct input *input = context;

	if (at < BASE || at - BASE > input->size || len > input->size - (at - BASE))
		return false;
	memcpy(to, input->data + (at - BASE), len);
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const calls[] = {
		"socket",          "socketpair",  "bind",
		"connect",         "listen",      "accept",
		"accept4",         "getsockname", "getpeername",
		"sendto",          "sendmsg",     "sendmmsg",
		"shutdown",        "send",        "recv",
		"recvfrom",        "recvmsg",     "recvmmsg",
		"recvmmsg_time64", "getsockopt",  "setsockopt"};
	static char text[512 * 1024];
	struct input input = {data, size};
	uint64_t args[6];
	struct buf buf;
	struct strace strace = {
		.out = &buf, .read = read_input, .context = &input, .args = args};
	const struct strace_row *row;

	if (size < 1 + sizeof(args))
		return 0;
	row = strace_row(calls[(data[0] & 0x3f) % ARRAY_LEN(calls)]);
	FUZZ_CHECK(row);
	memcpy(args, data + 1, sizeof(args));
	strace.word = data[0] & 0x80 ? 4 : 8;
	strace.result = data[0] & 0x40 ? -1 : (int64_t)(args[2] & 3);
	buf_init(&buf, text, sizeof(text));
	strace_enter(row, &strace);
	strace_leave(row, &strace);
	FUZZ_CHECK(!buf.truncated && strlen(text) == buf.len && text[buf.len - 1] == ')');
	for (size_t i = 0; i < buf.len; i++)
		FUZZ_CHECK(text[i] >= ' ' && text[i] <= '~');
	return 0;
}
