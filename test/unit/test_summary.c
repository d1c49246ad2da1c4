/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_summary.c - the table at the end, read through a pipe; its bound
 */
#include "audit/summary.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/mman.h>
#include <sys/socket.h>

#include "net/sockaddr.h"
#include "test/unit/harness.h"

#define HEAD " allowed  refused   bytes sent  destination\n"

static struct event event_to(uint32_t address, uint16_t port)
{
	struct sockaddr_in in = {.sin_family = AF_INET,
				 .sin_port = htons(port),
				 .sin_addr.s_addr = htonl(address)};
	struct event event = {.call = "connect", .judged = true, .has_end = true};
	uint8_t bytes[sizeof(in)];

	memcpy(bytes, &in, sizeof(in));
	event.sock = (struct sockkind){AF_INET, SOCK_STREAM, IPPROTO_TCP};
	event.decision = (struct decision){VERDICT_ALLOW, "default", "", NULL};
	CHECK(sockaddr_decode(bytes, sizeof(bytes), &event.end) == 0);
	return event;
}

/* The table of these events. A memory file, as a long table would fill a pipe. */
static const char *table_of(const struct event *events, size_t count)
{
	static char text[2 << 20];
	int fd = memfd_create("summary", MFD_CLOEXEC);
	void *state = summary_new(fd);
	ssize_t got;

	summary_sink.note(state, "not in the table");
	for (size_t i = 0; i < count; i++)
		summary_sink.emit(state, &events[i]);
	summary_sink.close(state);
	got = pread(fd, text, sizeof(text) - 1, 0);
	CHECK(got > 0);
	text[got > 0 ? got : 0] = 0;
	close(fd);
	return text;
}

TEST(nothing_happened)
{
	struct event untold = event_to(0xc0000201, 80);

	CHECK_STR(table_of(NULL, 0), "netjail: no network call was made\n");
	untold.judged = false;
	CHECK_STR(table_of(&untold, 1), "netjail: no network call was made\n");
}

TEST(rows_in_order_with_sums)
{
	struct event events[6];

	for (unsigned i = 0; i < 6; i++)
		events[i] = event_to(i < 4 ? 0xc0000202 : 0xc0000201, 80);
	events[1].decision.verdict = VERDICT_REFUSE;
	events[1].result = -ECONNREFUSED;
	events[2].shape = EVENT_FD_BYTES_END;
	events[2].result = 1000;
	events[3].shape = EVENT_FD_BYTES_END;
	events[3].result = -EPIPE; /* sent nothing */
	events[4].host = "a.example";
	events[5].judged = false;
	events[5].reason = "its memory";
	CHECK_STR(table_of(events, 6),
		  HEAD "       3        1         1000  tcp 192.0.2.2:80\n"
		       "       1        1            0  tcp 192.0.2.1:80 [a.example]\n");
}

TEST(protocols_and_ports_apart)
{
	struct event events[4];

	for (unsigned i = 0; i < 4; i++)
		events[i] = event_to(0xc0000201, 80);
	events[1].sock = (struct sockkind){AF_INET, SOCK_DGRAM, IPPROTO_UDP};
	events[2] = event_to(0xc0000201, 81);
	events[3].has_end = false;
	CHECK_STR(table_of(events, 4),
		  HEAD "       1        0            0  tcp 192.0.2.1:80\n"
		       "       1        0            0  udp 192.0.2.1:80\n"
		       "       1        0            0  tcp 192.0.2.1:81\n"
		       "       1        0            0  tcp \n");
}

static unsigned lines_in(const char *text)
{
	unsigned count = 0;

	for (; *text; text++)
		count += *text == '\n';
	return count;
}

/* 10,000 destinations have a row; those after them share the last. */
TEST(bounded)
{
	static struct event events[10100];
	const char *table, *others;

	for (uint32_t i = 0; i < ARRAY_LEN(events); i++)
		events[i] = event_to(0x0a000000 + i, 80);
	table = table_of(events, 10000);
	CHECK(lines_in(table) == 10001 && !strstr(table, "(others)"));
	events[10099] = events[0]; /* an old row is found again */
	table = table_of(events, ARRAY_LEN(events));
	CHECK(lines_in(table) == 10002);
	others = strstr(table, "      99        0            0  (others)\n");
	CHECK(others && !strchr(others, '\n')[1]);
	CHECK(strstr(table, "       2        0            0  tcp 10.0.0.0:80\n"));
}

/* An end whose text does not fit: no byte of a program gets out raw, and nothing is overrun. */
TEST(hostile_names)
{
	struct event event = event_to(0xc0000201, 80);
	uint8_t bytes[110];
	uint16_t family = AF_UNIX;
	const char *table;

	memset(bytes, 0x1b, sizeof(bytes));
	memcpy(bytes, &family, 2);
	CHECK(sockaddr_decode(bytes, sizeof(bytes), &event.end) == 0);
	event.sock = (struct sockkind){AF_UNIX, SOCK_STREAM, 0};
	table = table_of(&event, 1);
	CHECK(!strchr(table, '\033'));
	CHECK(lines_in(table) == 2);
}

TEST(through_a_pipe)
{
	struct event event = event_to(0xc0000201, 80);
	int ends[2];
	char text[256] = "";
	void *state;

	CHECK(pipe2(ends, O_CLOEXEC) == 0);
	state = summary_new(ends[1]);
	summary_sink.emit(state, &event);
	summary_sink.close(state);
	close(ends[1]);
	CHECK(read(ends[0], text, sizeof(text) - 1) > 0);
	CHECK_STR(text, HEAD "       1        0            0  tcp 192.0.2.1:80\n");
	close(ends[0]);
}
