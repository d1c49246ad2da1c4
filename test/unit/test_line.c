/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_line.c - the exact line of each shape, and what hostile bytes become in it
 */
#include "audit/line.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "audit/event.h"
#include "base/buf.h"
#include "net/sockaddr.h"
#include "test/unit/harness.h"

static const struct line_style plain = {.color = false};

static const char *line_of(const struct event *event, const struct line_style *style)
{
	static char text[2048];
	struct buf buf;

	buf_init(&buf, text, sizeof(text));
	line_put(&buf, event, style);
	CHECK(!buf.truncated && strlen(text) == buf.len);
	return text;
}

static const struct sockkind tcp = {AF_INET, SOCK_STREAM, IPPROTO_TCP};

static struct endpoint end4(uint8_t last, uint16_t port)
{
	uint8_t bytes[16] = {[2] = (uint8_t)(port >> 8), (uint8_t)port, 192, 0, 2, last};
	uint16_t family = AF_INET;
	struct endpoint end = {.family = 0};

	memcpy(bytes, &family, 2);
	CHECK(sockaddr_decode(bytes, sizeof(bytes), &end) == 0);
	return end;
}

static struct event an_event(const char *call, enum event_shape shape)
{
	struct event event = {.call = call, .shape = shape, .fd = 3, .sock = tcp};

	event.pid = event.tid = 42;
	strcpy(event.name, "curl");
	return event;
}

TEST(ends)
{
	struct event event = an_event("connect", EVENT_FD_END);

	CHECK_STR(line_of(&event, &plain), "curl[42] connect(3<tcp>, NULL) = 0");
	event.tid = 43;
	event.has_end = true;
	event.end = end4(1, 443);
	event.result = -EINPROGRESS;
	CHECK_STR(line_of(&event, &plain),
		  "curl[42:43] connect(3<tcp>, 192.0.2.1:443) = -1 "
		  "EINPROGRESS (Operation now in progress)");
	event.host = "a.example";
	event.result = 0;
	event.sock = (struct sockkind){0, 0, 0};
	CHECK_STR(line_of(&event, &plain),
		  "curl[42:43] connect(3, 192.0.2.1:443 [a.example]) = 0");
}

TEST(sends)
{
	struct event event = an_event("sendto", EVENT_FD_BYTES_END);

	event.sock = (struct sockkind){AF_INET, SOCK_DGRAM, IPPROTO_UDP};
	event.has_end = true;
	event.end = end4(9, 53);
	event.bytes = 29;
	event.result = 29;
	CHECK_STR(line_of(&event, &plain),
		  "curl[42] sendto(3<udp>, 29 bytes, 192.0.2.9:53) = 29");
	event.bytes = UINT64_MAX;
	event.result = -4000;
	CHECK_STR(line_of(&event, &plain),
		  "curl[42] sendto(3<udp>, 18446744073709551615 bytes, "
		  "192.0.2.9:53) = -1 (errno 4000)");
}

TEST(sockets)
{
	struct event event = an_event("socket", EVENT_SOCKET);

	event.result = 5;
	CHECK_STR(line_of(&event, &plain),
		  "curl[42] socket(AF_INET, SOCK_STREAM, 6) = 5");
	event.type_flags = SOCK_CLOEXEC | SOCK_NONBLOCK;
	event.sock = (struct sockkind){77, 15, -1};
	CHECK_STR(line_of(&event, &plain),
		  "curl[42] socket(77, 15|SOCK_CLOEXEC|SOCK_NONBLOCK, -1) = 5");
	event = an_event("socketpair", EVENT_SOCKETPAIR);
	event.sock = (struct sockkind){AF_UNIX, SOCK_STREAM, 0};
	event.pair[0] = 4;
	event.pair[1] = 5;
	CHECK_STR(line_of(&event, &plain),
		  "curl[42] socketpair(AF_UNIX, SOCK_STREAM, 0, [4, 5]) = 0");
	event.result = -EMFILE;
	CHECK_STR(line_of(&event, &plain),
		  "curl[42] socketpair(AF_UNIX, SOCK_STREAM, 0) = -1 "
		  "EMFILE (Too many open files)");
}

TEST(numbers)
{
	static const struct {
		int how;
		const char *want;
	} cases[] = {
		{0, "curl[42] shutdown(3<tcp>, SHUT_RD) = 0"},
		{1, "curl[42] shutdown(3<tcp>, SHUT_WR) = 0"},
		{2, "curl[42] shutdown(3<tcp>, SHUT_RDWR) = 0"},
		{3, "curl[42] shutdown(3<tcp>, 3) = 0"},
		{-1, "curl[42] shutdown(3<tcp>, -1) = 0"},
	};
	struct event event = an_event("listen", EVENT_FD_NUMBER);

	event.number = -1;
	CHECK_STR(line_of(&event, &plain), "curl[42] listen(3<tcp>, -1) = 0");
	event = an_event("shutdown", EVENT_FD_HOW);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		event.number = cases[i].how;
		CHECK_STR(line_of(&event, &plain), cases[i].want);
	}
}

static struct event judged(enum verdict verdict)
{
	struct event event = an_event("connect", EVENT_FD_END);

	event.has_end = true;
	event.end = end4(1, 443);
	event.judged = true;
	event.decision = (struct decision){verdict, "game.rules:5", "allow x", NULL};
	event.result = verdict == VERDICT_ALLOW ? 0 : -ECONNREFUSED;
	return event;
}

TEST(verdicts)
{
	static const struct line_style color = {.color = true};
	struct event event = judged(VERDICT_ALLOW);
	const char *line = line_of(&event, &plain);

	CHECK_STR(line + 84, "allowed game.rules:5");
	CHECK(strspn(line + 45, " ") == 84 - 45);
	event = judged(VERDICT_REFUSE);
	CHECK_STR(line_of(&event, &plain), "curl[42] connect(3<tcp>, 192.0.2.1:443) = -1 "
					   "ECONNREFUSED (Connection refused)      "
					   "refused game.rules:5");
	event.reason = "its memory";
	CHECK(strstr(line_of(&event, &plain), " refused netjail: its memory"));
	event.judged = false;
	CHECK(strstr(line_of(&event, &plain), " refused netjail: its memory"));
	CHECK(strstr(line_of(&event, &color),
		     "\033[31mrefused netjail: its memory\033[0m"));
	event = judged(VERDICT_ALLOW);
	CHECK(strstr(line_of(&event, &color), "\033[32mallowed game.rules:5\033[0m"));
	event.judged = false;
	CHECK(!strchr(line_of(&event, &color), '\033'));
	CHECK(!strstr(line_of(&event, &plain), "allowed"));
}

TEST(clock)
{
	static const struct line_style style = {.clock = true};
	struct event event = an_event("listen", EVENT_FD_NUMBER);

	setenv("TZ", "UTC0", 1);
	tzset();
	event.time = (struct timespec){86400 + 3661, 1999};
	CHECK_STR(line_of(&event, &style),
		  "01:01:01.000001 curl[42] listen(3<tcp>, 0) = 0");
	event.time = (struct timespec){INT64_MAX, 0}; /* a year that no int holds */
	CHECK_STR(line_of(&event, &style), "curl[42] listen(3<tcp>, 0) = 0");
}

/* Whatever byte stands in the name, the host or the path: printable ASCII on one line. */
TEST(hostile_bytes)
{
	for (int byte = 1; byte < 256; byte++) {
		struct event event = judged(VERDICT_ALLOW);
		char host[8] = {'h', (char)byte, '.', (char)byte};
		uint8_t path[110];
		uint16_t family = AF_UNIX;
		const char *line;

		memset(event.name, byte, sizeof(event.name)); /* without a NUL */
		memset(path, byte, sizeof(path));
		memcpy(path, &family, 2);
		CHECK(sockaddr_decode(path, sizeof(path), &event.end) == 0);
		event.host = host;
		line = line_of(&event, &plain);
		for (const char *c = line; *c; c++)
			CHECK(*c >= ' ' && *c <= '~');
	}
}

TEST(a_name_cannot_forge_a_line)
{
	struct event event = judged(VERDICT_REFUSE);
	const char *line;

	memcpy(event.name, "x\nls[1] listen(3", 16);
	line = line_of(&event, &plain);
	CHECK(!strchr(line, '\n') &&
	      strncmp(line, "x\\nls[1] listen(3[42] connect(", 20) == 0);
	memcpy(event.name, "\033[2J\r\0hidden!!!", 16);
	line = line_of(&event, &plain);
	CHECK(!strchr(line, '\033') && !strchr(line, '\r') && !strstr(line, "hidden"));
}

/* In any room: ended, no longer than the room, and the verdict's loop comes to an end. */
TEST(truncation)
{
	static const struct line_style style = {.color = true, .clock = true};
	struct event event = judged(VERDICT_REFUSE);
	size_t whole = strlen(line_of(&event, &style));

	for (size_t cap = 1; cap < 200; cap++) {
		char *exact = malloc(cap);
		struct buf buf;

		buf_init(&buf, exact, cap);
		line_put(&buf, &event, &style);
		CHECK(buf.len < cap && strlen(exact) == buf.len);
		CHECK(buf.truncated == (cap <= whole));
		free(exact);
	}
}

/* The line that stands behind other text has its column counted from its own start. */
TEST(appends)
{
	struct event event = judged(VERDICT_ALLOW);
	char text[512];
	struct buf buf;

	buf_init(&buf, text, sizeof(text));
	buf_puts(&buf, "before ");
	line_put(&buf, &event, &plain);
	CHECK_STR(text + 7 + 84, "allowed game.rules:5");
}
