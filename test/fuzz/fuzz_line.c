/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/fuzz/fuzz_line.c - whatever a program names itself and its ends, its line is plain ASCII
 */
#include <string.h>

#include "audit/event.h"
#include "audit/line.h"
#include "base/buf.h"
#include "net/sockaddr.h"
#include "test/fuzz/fuzz.h"

/* Takes bytes from the input; zeros when it has ended. */
struct input {
	const uint8_t *data;
	size_t size;
};

static void take(struct input *from, void *to, size_t len)
{
	size_t part = len < from->size ? len : from->size;

	memset(to, 0, len);
	memcpy(to, from->data, part);
	from->data += part;
	from->size -= part;
}

static uint64_t take_number(struct input *from)
{
	uint64_t value;

	take(from, &value, sizeof(value));
	return value;
}

/* A valid event with everything in it that a program decides. */
static struct event take_event(struct input *from, char host[static 64])
{
	uint64_t bits = take_number(from);
	struct event event = {.call = "sendto",
			      .shape = (enum event_shape)(bits % EVENT_SHAPE_NUM_)};
	uint8_t end[ENDPOINT_RAW_MAX];

	take(from, event.name, sizeof(event.name));
	take(from, host, 63);
	host[63] = 0;
	event.host = bits & 0x100 ? host : NULL;
	event.judged = bits & 0x200;
	event.reason = bits & 0x400 ? "its memory could not be read" : NULL;
	event.decision = (struct decision){bits & 0x800 ? VERDICT_ALLOW : VERDICT_REFUSE,
					   "-r:1", "", NULL};
	event.pid = (pid_t)take_number(from);
	event.tid = bits & 0x1000 ? event.pid : (pid_t)take_number(from);
	event.fd = (int)take_number(from);
	event.sock.domain = (int)(take_number(from) & 0xff);
	event.sock.type = (int)take_number(from);
	event.sock.protocol = (int)take_number(from);
	event.type_flags = (int)take_number(from);
	event.number = (int)take_number(from);
	event.bytes = take_number(from);
	event.result = -(int64_t)(take_number(from) & 0xfff);
	event.time.tv_sec = (time_t)(take_number(from) & UINT32_MAX);
	event.time.tv_nsec = (long)(take_number(from) % 1000000000);
	take(from, end, sizeof(end));
	event.has_end =
		sockaddr_decode(end, (bits >> 16) % (sizeof(end) + 1), &event.end) == 0;
	return event;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input input = {data, size};
	char host[64], text[2048];
	struct event event = take_event(&input, host);
	struct line_style style = {.clock = event.fd & 1};
	struct buf buf;

	buf_init(&buf, text, sizeof(text));
	line_put(&buf, &event, &style);
	FUZZ_CHECK(!buf.truncated && strlen(text) == buf.len);
	for (size_t i = 0; i < buf.len; i++)
		FUZZ_CHECK(text[i] >= ' ' && text[i] <= '~');

	/* In less room: shorter, ended, and no loop for ever. */
	style.color = true;
	buf_init(&buf, text, 1 + size % 256);
	line_put(&buf, &event, &style);
	FUZZ_CHECK(buf.len <= size % 256 && strlen(text) == buf.len);
	return 0;
}
