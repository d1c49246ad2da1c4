/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_control.c - control messages of both word sizes: carried, ignored, refused, malformed
 */
#include <errno.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "test/unit/harness.h"
#include "tracer/outgoing.h"

static struct outgoing out;

/* Control data as a program of either word size writes it. */
struct writer {
	uint8_t bytes[4096];
	size_t len;
	unsigned word;
};

/* `length` is what the header claims; `data` bytes follow, unpadded when `last`. */
static void put(struct writer *to, uint64_t length, int level, int type, size_t data,
		bool last)
{
	uint32_t narrow = (uint32_t)length;
	size_t whole = to->word + 8 + data;

	memset(to->bytes + to->len, 0, whole + to->word);
	if (to->word == 4)
		memcpy(to->bytes + to->len, &narrow, 4);
	else
		memcpy(to->bytes + to->len, &length, 8);
	memcpy(to->bytes + to->len + to->word, &level, 4);
	memcpy(to->bytes + to->len + to->word + 4, &type, 4);
	for (size_t i = 0; i < data; i++)
		to->bytes[to->len + to->word + 8 + i] = (uint8_t)(i + 1);
	if (!last)
		whole = (whole + to->word - 1) / to->word * to->word;
	to->len += whole;
}

/* Converts a copy of exactly that length, so that ASan sees an over-read. */
static int convert(const struct writer *from)
{
	uint8_t *exact = malloc(from->len ? from->len : 1);
	int failed;

	memcpy(exact, from->bytes, from->len);
	failed = outgoing_convert_control(&out, exact, from->len, from->word);
	free(exact);
	return failed;
}

static int convert_one(unsigned word, int level, int type, size_t data)
{
	struct writer one = {.word = word};

	put(&one, word + 8 + data, level, type, data, true);
	return convert(&one);
}

static const unsigned words[] = {4, 8};

static const struct {
	int level, type;
	size_t data;
	int want;
	bool carried;
} fates[] = {
	{SOL_IP, IP_PKTINFO, 12, 0, true},
	{SOL_IP, IP_TOS, 4, 0, true},
	{SOL_IP, IP_TOS, 1, 0, true},
	{SOL_IP, IP_TTL, 4, 0, true},
	{SOL_IPV6, IPV6_PKTINFO, 20, 0, true},
	{SOL_IPV6, IPV6_TCLASS, 4, 0, true},
	{SOL_IPV6, IPV6_HOPLIMIT, 4, 0, true},
	{SOL_IPV6, IPV6_DONTFRAG, 4, 0, true},
	{IPPROTO_UDP, 103, 2, 0, true},
	{IPPROTO_UDP, 103, 0, 0, true},
	{SOL_SOCKET, SCM_RIGHTS, 4, 0, false},
	{SOL_SOCKET, SCM_CREDENTIALS, 12, 0, false},
	/* What acts with the rights of whoever sends, or leads the packet elsewhere. */
	{SOL_SOCKET, SO_MARK, 4, -EOPNOTSUPP, false},
	{SOL_SOCKET, SO_PRIORITY, 4, -EOPNOTSUPP, false},
	{SOL_SOCKET, SO_TXTIME, 8, -EOPNOTSUPP, false},
	{SOL_SOCKET, SO_TIMESTAMPING, 4, -EOPNOTSUPP, false},
	{SOL_IP, IP_RETOPTS, 8, -EOPNOTSUPP, false},
	{SOL_IP, 52 /* IP_PROTOCOL */, 4, -EOPNOTSUPP, false},
	{SOL_IPV6, IPV6_RTHDR, 24, -EOPNOTSUPP, false},
	{SOL_IPV6, IPV6_2292RTHDR, 24, -EOPNOTSUPP, false},
	{SOL_IPV6, IPV6_HOPOPTS, 8, -EOPNOTSUPP, false},
	{SOL_IPV6, IPV6_DSTOPTS, 8, -EOPNOTSUPP, false},
	{SOL_IPV6, 11 /* IPV6_FLOWINFO */, 4, -EOPNOTSUPP, false},
	{IPPROTO_SCTP, 0, 4, -EOPNOTSUPP, false},
	{-1, -1, 4, -EOPNOTSUPP, false},
	{0x7fffffff, 1, 0, -EOPNOTSUPP, false},
};

TEST(what_becomes_of_each)
{
	for (size_t i = 0; i < ARRAY_LEN(fates) * ARRAY_LEN(words); i++) {
		size_t c = i / 2, data = fates[c].data;
		int got = convert_one(words[i % 2], fates[c].level, fates[c].type, data);
		struct cmsghdr head;

		CHECK(got == fates[c].want);
		CHECK(out.control_len == (fates[c].carried ? CMSG_SPACE(data) : 0));
		if (!fates[c].carried)
			continue;
		memcpy(&head, out.control, sizeof(head));
		CHECK(head.cmsg_len == CMSG_LEN(data));
		CHECK(head.cmsg_level == fates[c].level &&
		      head.cmsg_type == fates[c].type);
		for (size_t k = 0; k < data; k++)
			CHECK(out.control[CMSG_LEN(0) + k] == k + 1);
	}
}

/* Only what the table names: every other number of each level is refused. */
TEST(every_other_type_is_refused)
{
	static const int levels[] = {SOL_IP,      SOL_SOCKET,  SOL_IPV6,
				     IPPROTO_UDP, IPPROTO_TCP, 263};
	unsigned taken = 0;

	for (size_t l = 0; l < ARRAY_LEN(levels); l++)
		for (int type = -1; type < 512; type++) {
			int got = convert_one(8, levels[l], type, 4);

			CHECK(got == 0 || got == -EOPNOTSUPP);
			taken += got == 0;
		}
	CHECK(taken == 10);
}

TEST(lengths_that_lie)
{
	static const struct {
		long claimed; /* minus the header */
		size_t data;
		int want;
	} cases[] = {
		{4, 4, 0},
		{0, 4, 0},
		{5, 4, -EINVAL},
		{-1, 4, -EINVAL},
		{-8, 4, -EINVAL},
		{1000, 4, -EINVAL},
		{0x7ffffff0, 4, -EINVAL},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases) * ARRAY_LEN(words); i++) {
		struct writer one = {.word = words[i % 2]};
		uint64_t claimed = one.word + 8 + (uint64_t)cases[i / 2].claimed;

		put(&one, claimed, SOL_IP, IP_TOS, cases[i / 2].data, true);
		CHECK(convert(&one) == cases[i / 2].want);
		one.len = 0;
		put(&one, one.word == 4 ? UINT32_MAX : UINT64_MAX, SOL_IP, IP_TOS, 4,
		    true);
		CHECK(convert(&one) == -EINVAL);
		one.len = 0;
		put(&one, 0, SOL_IP, IP_TOS, 4, true);
		CHECK(convert(&one) == -EINVAL);
	}
}

/* A tail too short for a header is no message, as CMSG_NXTHDR has it. */
TEST(cut_anywhere)
{
	for (size_t w = 0; w < ARRAY_LEN(words); w++) {
		struct writer two = {.word = words[w]};
		size_t first, whole;

		put(&two, two.word + 8 + 4, SOL_IP, IP_TTL, 4, false);
		first = two.len;
		put(&two, two.word + 8 + 12, SOL_IP, IP_PKTINFO, 12, true);
		whole = two.len;
		for (two.len = 0; two.len <= whole; two.len++) {
			int got = convert(&two);
			size_t head = two.word + 8;

			if (two.len < head)
				CHECK(got == 0 && out.control_len == 0);
			else if (two.len < head + 4 ||
				 (two.len >= first + head && two.len < whole))
				CHECK(got == -EINVAL);
			else if (two.len < whole)
				CHECK(got == 0 && out.control_len == CMSG_SPACE(4));
			else
				CHECK(got == 0 &&
				      out.control_len == CMSG_SPACE(4) + CMSG_SPACE(12));
		}
	}
}

TEST(mixtures)
{
	for (size_t w = 0; w < ARRAY_LEN(words); w++) {
		struct writer mix = {.word = words[w]};

		put(&mix, mix.word + 8 + 4, SOL_SOCKET, SCM_RIGHTS, 4, false);
		put(&mix, mix.word + 8 + 1, SOL_IP, IP_TOS, 1, false);
		put(&mix, mix.word + 8 + 2, IPPROTO_UDP, 103, 2, false);
		CHECK(convert(&mix) == 0);
		CHECK(out.control_len == CMSG_SPACE(1) + CMSG_SPACE(2));
		put(&mix, mix.word + 8 + 4, SOL_SOCKET, SO_MARK, 4, false);
		CHECK(convert(&mix) == -EOPNOTSUPP);
	}
}

/* Widening makes 32-bit data longer: what does not fit is refused, never cut. */
TEST(more_than_fits)
{
	for (size_t w = 0; w < ARRAY_LEN(words); w++) {
		struct writer many = {.word = words[w]};
		size_t fits = OUTGOING_CONTROL_MAX / CMSG_SPACE(1);

		for (size_t i = 0; i < fits; i++)
			put(&many, many.word + 8 + 1, SOL_IP, IP_TOS, 1, false);
		CHECK(convert(&many) == 0 && out.control_len == fits * CMSG_SPACE(1));
		for (size_t i = 0; i < 2; i++)
			put(&many, many.word + 8 + 1, SOL_IP, IP_TOS, 1, false);
		CHECK(convert(&many) == -EOPNOTSUPP);
		CHECK(out.control_len <= OUTGOING_CONTROL_MAX);
	}
}

TEST(read_from_memory)
{
	struct writer one = {.word = 8};
	struct message_header header = {.control = (uintptr_t)one.bytes};

	put(&one, 20, SOL_IP, IP_TTL, 4, false);
	CHECK(outgoing_read_control(&out, getpid(), &header, 8) == 0);
	header.control_len = one.len;
	CHECK(outgoing_read_control(&out, getpid(), &header, 8) == 0);
	CHECK(out.control_len == CMSG_SPACE(4));
	header.control_len = OUTGOING_CONTROL_MAX + 1;
	CHECK(outgoing_read_control(&out, getpid(), &header, 8) == -EOPNOTSUPP);
	header.control_len = UINT64_C(1) << 31;
	CHECK(outgoing_read_control(&out, getpid(), &header, 8) == -ENOBUFS);
	header.control_len = UINT64_C(1) << 32;
	CHECK(outgoing_read_control(&out, getpid(), &header, 8) == -ENOBUFS);
	header = (struct message_header){.control = 8, .control_len = 16};
	CHECK(outgoing_read_control(&out, getpid(), &header, 8) == -EFAULT);
}
