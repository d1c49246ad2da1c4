/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/cases/batches.c - sendmmsg where the program sends each message itself
 */
#include <signal.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#include "cases.h"

static char bytes[100], back[1000];

static void tell_back(int sock)
{
	TELL("back", recv(sock, back, sizeof(back), 0));
}

#define COUNT 6

/* COUNT messages of two parts, of 3, 4, 5 ... bytes; the lengths are not filled yet. */
static void make_batch(struct mmsghdr *all, struct iovec *parts)
{
	memset(all, 0, COUNT * sizeof(*all));
	for (int i = 0; i < COUNT; i++) {
		parts[2 * i] = (struct iovec){"abcdefgh", 2};
		parts[2 * i + 1] = (struct iovec){"ABCDEFGH", (size_t)i + 1};
		all[i].msg_hdr.msg_iov = &parts[2 * i];
		all[i].msg_hdr.msg_iovlen = 2;
		all[i].msg_len = 99;
	}
}

static void tell_lengths(const struct mmsghdr *all)
{
	for (int i = 0; i < COUNT; i++)
		say(" len=%u", all[i].msg_len);
}

static void local_batch(int type)
{
	struct mmsghdr all[COUNT];
	struct iovec parts[2 * COUNT];
	int ends[2];

	TELL("pair", socketpair(AF_UNIX, type, 0, ends));
	set_receive_limit(ends[1]);
	make_batch(all, parts);
	TELL("sent", sendmmsg(ends[0], all, COUNT, 0));
	tell_lengths(all);
	for (int i = 0; i < (type == SOCK_STREAM ? 1 : COUNT); i++)
		tell_back(ends[1]);
	make_batch(all, parts);
	all[3].msg_hdr.msg_iov = (struct iovec *)8;
	TELL("until_bad", sendmmsg(ends[0], all, COUNT, 0));
	tell_lengths(all);
	make_batch(all, parts);
	close(ends[1]);
	TELL("closed", sendmmsg(ends[0], all, COUNT, MSG_NOSIGNAL));
	tell_lengths(all);
}

static void local_batches(void)
{
	local_batch(SOCK_DGRAM);
	local_batch(SOCK_SEQPACKET);
	local_batch(SOCK_STREAM);
}

static void stream_batch(void)
{
	struct mmsghdr all[COUNT];
	struct iovec parts[2 * COUNT];
	size_t got = 0;
	int sock = tcp();

	set_receive_limit(sock);
	TELL("connect", connect_to(sock, HERE, ECHO));
	make_batch(all, parts);
	TELL("sent", sendmmsg(sock, all, COUNT, 0));
	tell_lengths(all);
	while (got < 33 && recv(sock, back + got, 1, 0) == 1)
		got++;
	say(" back=%zu %.*s", got, (int)got, back);
}

/* The peer's queue is full after some: the rest waits until a signal comes. */
static void batch_interrupted(int flags)
{
	enum { MANY = 1000 };
	static struct mmsghdr all[MANY];
	static struct iovec part = {bytes, 100};
	int ends[2], sent, got = 0;

	socketpair(AF_UNIX, SOCK_DGRAM, 0, ends);
	for (int i = 0; i < MANY; i++)
		all[i].msg_hdr = (struct msghdr){.msg_iov = &part, .msg_iovlen = 1};
	alarms_start(200, 0, flags);
	sent = sendmmsg(ends[0], all, MANY, 0);
	while (recv(ends[1], back, sizeof(back), MSG_DONTWAIT) == 100)
		got++;
	say(" alarms=%d some=%d all=%d counted=%d", alarms, sent > 0, sent == MANY,
	    sent == got);
}

static void batches_interrupted(void)
{
	batch_interrupted(0);
	batch_interrupted(SA_RESTART);
}

/* Signals all the time: nothing is sent twice, nothing is left out. */
static void batches_under_signals(void)
{
	struct mmsghdr all[COUNT];
	struct iovec parts[2 * COUNT];
	int ends[2], sent, total = 0, wrong = 0;

	socketpair(AF_UNIX, SOCK_DGRAM, 0, ends);
	alarms_start(1, 1, SA_RESTART);
	for (int round = 0; round < 300; round++) {
		make_batch(all, parts);
		sent = sendmmsg(ends[0], all, COUNT, 0);
		for (int i = 0; i < sent; i++)
			wrong += recv(ends[1], back, sizeof(back), MSG_DONTWAIT) != 3 + i;
		wrong += recv(ends[1], back, sizeof(back), MSG_DONTWAIT) != -1;
		total += sent > 0;
	}
	alarms_stop();
	say(" rounds=%d wrong=%d", total, wrong);
}

static const struct test_case cases[] = {
	{"local_batches", local_batches, false},
	{"stream_batch", stream_batch, false},
	{"batches_interrupted", batches_interrupted, false},
	{"batches_under_signals", batches_under_signals, false},
};
CASE_LIST(cases_batches, cases);
