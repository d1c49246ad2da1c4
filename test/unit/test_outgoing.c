/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_outgoing.c - messages read from memory as the kernel reads them: the test's own
 */
#include "tracer/outgoing.h"

#include <errno.h>
#include <limits.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "test/unit/harness.h"

static struct outgoing out;

static uint64_t at(const void *pointer)
{
	return (uintptr_t)pointer;
}

static int read_native(const struct msghdr *message, struct message_header *ret_header)
{
	return outgoing_read(&out, getpid(), at(message), sizeof(void *), ret_header);
}

TEST(header_sizes)
{
	CHECK(message_header_size(8) == sizeof(struct msghdr));
	CHECK(message_stride(8) == sizeof(struct mmsghdr));
	CHECK(message_header_size(4) == 28 && message_stride(4) == 32);
}

/* Each byte of an exactly sized block is its place: which places each field took is seen. */
TEST(header_fields)
{
	static const unsigned words[] = {4, 8};

	for (size_t w = 0; w < ARRAY_LEN(words); w++) {
		size_t size = message_header_size(words[w]);
		uint8_t *exact = malloc(size);
		struct message_header header;

		for (size_t i = 0; i < size; i++)
			exact[i] = (uint8_t)(i + 1);
		message_header_decode(exact, words[w], &header);
		if (words[w] == 4) {
			CHECK(header.name == 0x04030201 && header.name_len == 0x08070605);
			CHECK(header.iov == 0x0c0b0a09 && header.iov_count == 0x100f0e0d);
			CHECK(header.control == 0x14131211 &&
			      header.control_len == 0x18171615);
		} else {
			CHECK(header.name == 0x0807060504030201 &&
			      header.name_len == 0x0c0b0a09);
			CHECK(header.iov == 0x1817161514131211);
			CHECK(header.iov_count == 0x201f1e1d1c1b1a19);
			CHECK(header.control == 0x2827262524232221);
			CHECK(header.control_len == 0x302f2e2d2c2b2a29);
		}
		free(exact);
	}
}

TEST(names)
{
	char name[300], page_end[1];
	struct iovec span = {page_end, 1};
	struct message_header header;
	static const struct {
		bool null;
		int len, want;
		uint32_t want_len;
	} cases[] = {
		{false, 16, 0, 16},
		{false, 1, 0, 1},
		{false, 128, 0, 128},
		{false, 129, 0, 128},
		{false, 300, 0, 128},
		{false, INT_MAX, 0, 128},
		{false, 0, 0, 0},
		{false, -1, -EINVAL, 0},
		{false, INT_MIN, -EINVAL, 0},
		{true, 16, 0, 0},
		{true, -1, 0, 0},
		{true, 0, 0, 0},
	};

	memset(name, 'n', sizeof(name));
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct msghdr message = {.msg_name = cases[i].null ? NULL : name,
					 .msg_namelen = (socklen_t)cases[i].len,
					 .msg_iov = &span,
					 .msg_iovlen = 1};

		memset(&out.dest, 0, sizeof(out.dest));
		CHECK(read_native(&message, &header) == cases[i].want);
		CHECK(out.dest.named == (cases[i].want_len > 0));
		CHECK(out.dest.len == cases[i].want_len);
		CHECK(memcmp(out.dest.bytes, name, cases[i].want_len) == 0);
		CHECK(header.name_len == cases[i].len);
	}
}

TEST(pointers_into_nothing)
{
	char byte = 'x', name[16] = {0};
	struct iovec good = {&byte, 1};
	struct message_header header;
	struct msghdr bad_name = {
		.msg_name = (void *)8, .msg_namelen = 16, .msg_iov = &good};
	struct msghdr bad_spans = {.msg_iov = (void *)8, .msg_iovlen = 1};
	struct msghdr no_spans = {
		.msg_name = name, .msg_namelen = 16, .msg_iov = (void *)8};

	CHECK(outgoing_read(&out, getpid(), 8, 8, &header) == -EFAULT);
	CHECK(outgoing_read(&out, getpid(), 0, 4, &header) == -EFAULT);
	CHECK(outgoing_read(&out, getpid(), UINT64_MAX - 3, 8, &header) == -EFAULT);
	CHECK(read_native(&bad_name, &header) == -EFAULT);
	CHECK(!out.dest.named);
	CHECK(read_native(&bad_spans, &header) == -EFAULT);
	CHECK(read_native(&no_spans, &header) == 0); /* none is wanted */
	CHECK(out.dest.named && out.span_count == 0 && out.total == 0);
}

TEST(span_counts)
{
	static struct iovec spans[OUTGOING_SPANS_MAX + 1];
	static const struct {
		size_t count;
		int want;
	} cases[] = {
		{0, 0},
		{1, 0},
		{OUTGOING_SPANS_MAX, 0},
		{OUTGOING_SPANS_MAX + 1, -EMSGSIZE},
		{SIZE_MAX, -EMSGSIZE},
		{(size_t)1 << 32, -EMSGSIZE}, /* not cut to its low half */
		{(SIZE_MAX >> 4) + 2, -EMSGSIZE},
	};
	char byte = 'x';
	struct message_header header;

	for (size_t i = 0; i < ARRAY_LEN(spans); i++)
		spans[i] = (struct iovec){&byte, 1};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct msghdr message = {.msg_iov = spans, .msg_iovlen = cases[i].count};

		CHECK(read_native(&message, &header) == cases[i].want);
		if (cases[i].want)
			continue;
		CHECK(out.span_count == cases[i].count && out.total == cases[i].count);
		CHECK(outgoing_read_payload(&out, getpid()) == 0);
		CHECK(out.len == cases[i].count);
	}
}

TEST(span_lengths)
{
	char byte = 'x';
	struct iovec spans[2] = {{&byte, 1}, {&byte, 1}};
	struct msghdr message = {.msg_iov = spans, .msg_iovlen = 2};
	struct message_header header;

	spans[1].iov_len = (size_t)1 << 63;
	CHECK(read_native(&message, &header) == -EINVAL);
	spans[1].iov_len = SIZE_MAX;
	CHECK(read_native(&message, &header) == -EINVAL);
	spans[1].iov_len = ((size_t)1 << 63) - 1;
	CHECK(read_native(&message, &header) == 0);
	CHECK(out.total == INT_MAX && out.spans[1].len == INT_MAX - 1);
	spans[0].iov_len = ((size_t)1 << 63) - 1;
	CHECK(read_native(&message, &header) == 0);
	CHECK(out.total == INT_MAX && out.spans[1].len == 0);
}

/* Spans of a 32-bit program: pairs of 32-bit words. */
TEST(narrow_spans)
{
	uint32_t *low = mmap((void *)0x20000000, 4096, PROT_READ | PROT_WRITE,
			     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
	uint32_t base = (uint32_t)at(low);
	struct message_header header;

	if (low == MAP_FAILED)
		return;
	memcpy(&low[100], "hello", 6);
	memcpy(low, (uint32_t[]){base + 400, 2, base + 40, 2, 0, 0, 0}, 28);
	memcpy(&low[10], (uint32_t[]){base + 400, 3, base + 403, 2}, 16);
	low[100 + 2] = 0;
	CHECK(outgoing_read(&out, getpid(), base, 4, &header) == 0);
	CHECK(out.span_count == 2 && out.total == 5 && out.dest.len == 2);
	CHECK(outgoing_read_payload(&out, getpid()) == 0);
	CHECK(out.len == 5 && memcmp(out.payload, "hello", 5) == 0);
	low[11] = 0x80000000; /* negative as a 32-bit ssize_t */
	CHECK(outgoing_read(&out, getpid(), base, 4, &header) == -EINVAL);
	low[11] = 0x7fffffff;
	CHECK(outgoing_read(&out, getpid(), base, 4, &header) == 0);
	munmap(low, 4096);
}

TEST(payload_of_any_size)
{
	static const size_t sizes[] = {0, 1, 65507, 65535, 65536, 65537, 200000};
	uint8_t *bytes = malloc(200000);

	for (size_t i = 0; i < 200000; i++)
		bytes[i] = (uint8_t)(i * 31 >> 3);
	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		size_t kept =
			sizes[i] < OUTGOING_PAYLOAD_MAX ? sizes[i] : OUTGOING_PAYLOAD_MAX;

		outgoing_set_span(&out, at(bytes), sizes[i]);
		CHECK(out.total == sizes[i] && out.control_len == 0);
		CHECK(outgoing_read_payload(&out, getpid()) == 0);
		CHECK(out.len == kept && memcmp(out.payload, bytes, kept) == 0);
	}
	outgoing_set_span(&out, at(bytes), SIZE_MAX);
	CHECK(out.total == INT_MAX && out.spans[0].len == INT_MAX);
	outgoing_set_span(&out, 8, 10);
	CHECK(outgoing_read_payload(&out, getpid()) == -EFAULT);
	outgoing_set_span(&out, 8, 0);
	CHECK(outgoing_read_payload(&out, getpid()) == 0 && out.len == 0);
	free(bytes);
}

/* The limit falls into the middle of a span. */
TEST(payload_cut_between_spans)
{
	uint8_t *bytes = calloc(1, 40000);
	struct iovec spans[3] = {{bytes, 40000}, {bytes, 40000}, {(void *)8, 40000}};
	struct msghdr message = {.msg_iov = spans, .msg_iovlen = 3};
	struct message_header header;

	bytes[25535] = 1;
	bytes[25536] = 2;
	CHECK(read_native(&message, &header) == 0 && out.total == 120000);
	/* The third span is behind what is copied. */
	CHECK(outgoing_read_payload(&out, getpid()) == 0 &&
	      out.len == OUTGOING_PAYLOAD_MAX);
	CHECK(out.payload[OUTGOING_PAYLOAD_MAX - 1] == 1);
	free(bytes);
}

TEST(sent_as_it_was_copied)
{
	struct iovec spans[2] = {{(char[]){"judged "}, 7}, {(char[]){"bytes"}, 5}};
	struct msghdr message = {.msg_iov = spans, .msg_iovlen = 2};
	struct message_header header;
	char got[64];
	int pair[2];

	CHECK(socketpair(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0, pair) == 0);
	CHECK(read_native(&message, &header) == 0);
	CHECK(outgoing_read_payload(&out, getpid()) == 0);
	memset(spans[0].iov_base, 'X', 7); /* too late */
	CHECK(outgoing_send(&out, pair[0], 0) == 12);
	CHECK(recv(pair[1], got, sizeof(got), MSG_DONTWAIT) == 12);
	CHECK(memcmp(got, "judged bytes", 12) == 0);
	close(pair[1]);
	CHECK(outgoing_send(&out, pair[0], 0) == -ECONNREFUSED);
	close(pair[0]);
	CHECK(outgoing_send(&out, -1, 0) == -EBADF);
}
