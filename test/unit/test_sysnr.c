/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_sysnr.c - arch/sysnr.h: every number against libseccomp's own tables
 */
#include "arch/sysnr.h"

#include <linux/net.h>
#include <seccomp.h>
#include <stdbool.h>
#include <stdlib.h>

#include "test/unit/harness.h"

#define X32_BIT 0x40000000

static const struct {
	enum abi_id abi;
	uint32_t token;
	int32_t first; /* number that the ABI's table starts at */
} arches[] = {
	{ABI_X86_64, SCMP_ARCH_X86_64, 0}, {ABI_I386, SCMP_ARCH_X86, 0},
	{ABI_X32, SCMP_ARCH_X32, X32_BIT}, {ABI_AARCH64, SCMP_ARCH_AARCH64, 0},
	{ABI_ARM, SCMP_ARCH_ARM, 0},
};

/* Calls younger than libseccomp 2.5.4; they have one number everywhere
 * (scripts/syscall.tbl of the kernel). */
static bool is_younger(enum sys_id id)
{
	return id == SYS_ID_MSEAL;
}

#define ARCHES (sizeof(arches) / sizeof(arches[0]))

/* libseccomp gives i386 calls that socketcall(2) or ipc(2) can make too a negative number
 * of its own; the way back, from the true number to the name, is not touched by that. */
static bool names_it(uint32_t token, int32_t nr, const char *want)
{
	char *name = seccomp_syscall_resolve_num_arch(token, nr);
	bool same = name && strcmp(name, want) == 0;

	free(name);
	return same;
}

TEST(numbers_are_libseccomps)
{
	for (unsigned a = 0; a < ARCHES; a++) {
		for (unsigned id = SYS_ID_OTHER + 1; id < SYS_ID_NUM_; id++) {
			const char *name = sysnr_name(id);
			int32_t nr = sysnr_nr(arches[a].abi, id);
			int theirs =
				seccomp_syscall_resolve_name_arch(arches[a].token, name);

			if (is_younger(id)) {
				CHECK(nr == 462 + arches[a].first);
				continue;
			}
			if (nr >= 0)
				CHECK(names_it(arches[a].token, nr, name));
			else
				CHECK(nr == -1);
			if (theirs >= 0)
				CHECK(theirs == nr);
			CHECK(theirs != __NR_SCMP_ERROR);
		}
	}
}

/* Every number that libseccomp calls by a name of ours is a row of ours. */
TEST(no_number_is_missing)
{
	for (unsigned a = 0; a < ARCHES; a++) {
		for (int32_t nr = arches[a].first; nr < arches[a].first + 600; nr++) {
			char *name =
				seccomp_syscall_resolve_num_arch(arches[a].token, nr);
			enum sys_id id = sysnr_id(arches[a].abi, nr);

			if (id != SYS_ID_OTHER && !is_younger(id))
				CHECK(name && strcmp(name, sysnr_name(id)) == 0);
			for (unsigned i = SYS_ID_OTHER + 1; name && i < SYS_ID_NUM_;
			     i++) {
				if (strcmp(name, sysnr_name(i)) == 0)
					CHECK(id == i);
			}
			free(name);
		}
	}
}

TEST(both_ways)
{
	for (unsigned abi = ABI_UNKNOWN; abi < ABI_NUM_; abi++) {
		for (unsigned id = SYS_ID_OTHER + 1; id < SYS_ID_NUM_; id++) {
			int32_t nr = sysnr_nr(abi, id);

			CHECK(nr == -1 || sysnr_id(abi, nr) == id);
		}
	}
}

TEST(every_call_has_a_name_and_a_number)
{
	for (unsigned id = SYS_ID_OTHER + 1; id < SYS_ID_NUM_; id++) {
		bool found = false;

		CHECK(*sysnr_name(id) != '\0' && *sysnr_name(id) != '?');
		for (unsigned other = id + 1; other < SYS_ID_NUM_; other++)
			CHECK(strcmp(sysnr_name(id), sysnr_name(other)) != 0);
		for (unsigned abi = ABI_UNKNOWN + 1; abi < ABI_NUM_; abi++)
			found = found || sysnr_nr(abi, id) >= 0;
		CHECK(found);
	}
}

TEST(strange_questions)
{
	CHECK_STR(sysnr_name(SYS_ID_OTHER), "?");
	CHECK_STR(sysnr_name(SYS_ID_NUM_), "?");
	CHECK(sysnr_nr(ABI_X86_64, SYS_ID_OTHER) == -1);
	CHECK(sysnr_nr(ABI_X86_64, SYS_ID_NUM_) == -1);
	CHECK(sysnr_nr(ABI_NUM_, SYS_ID_CONNECT) == -1);
	CHECK(sysnr_nr(ABI_UNKNOWN, SYS_ID_CONNECT) == -1);
	CHECK(sysnr_id(ABI_UNKNOWN, 42) == SYS_ID_OTHER);
	CHECK(sysnr_id(ABI_NUM_, 42) == SYS_ID_OTHER);
	CHECK(sysnr_id(ABI_X86_64, -1) == SYS_ID_OTHER);
	CHECK(sysnr_id(ABI_X86_64, INT32_MIN) == SYS_ID_OTHER);
	CHECK(sysnr_id(ABI_X86_64, INT32_MAX) == SYS_ID_OTHER);
	/* the same number means something else elsewhere */
	CHECK(sysnr_id(ABI_AARCH64, 203) == SYS_ID_CONNECT);
	CHECK(sysnr_id(ABI_ARM, 203) == SYS_ID_OTHER);
	CHECK(sysnr_id(ABI_ARM, 102) == SYS_ID_OTHER); /* no socketcall in the EABI */
	CHECK(sysnr_id(ABI_X32, 42) == SYS_ID_OTHER);
	CHECK(sysnr_id(ABI_X86_64, X32_BIT | 42) == SYS_ID_OTHER);
}

TEST(socketcall)
{
	static const struct {
		uint64_t which;
		enum sys_id id;
		unsigned words;
	} cases[] = {
		{SYS_SOCKET, SYS_ID_SOCKET, 3},
		{SYS_BIND, SYS_ID_BIND, 3},
		{SYS_CONNECT, SYS_ID_CONNECT, 3},
		{SYS_LISTEN, SYS_ID_LISTEN, 2},
		{SYS_ACCEPT, SYS_ID_ACCEPT, 3},
		{SYS_GETSOCKNAME, SYS_ID_GETSOCKNAME, 3},
		{SYS_GETPEERNAME, SYS_ID_GETPEERNAME, 3},
		{SYS_SOCKETPAIR, SYS_ID_SOCKETPAIR, 4},
		{SYS_SEND, SYS_ID_SEND, 4},
		{SYS_RECV, SYS_ID_RECV, 4},
		{SYS_SENDTO, SYS_ID_SENDTO, 6},
		{SYS_RECVFROM, SYS_ID_RECVFROM, 6},
		{SYS_SHUTDOWN, SYS_ID_SHUTDOWN, 2},
		{SYS_SENDMSG, SYS_ID_SENDMSG, 3},
		{SYS_RECVMSG, SYS_ID_RECVMSG, 3},
		{SYS_ACCEPT4, SYS_ID_ACCEPT4, 4},
		{SYS_RECVMMSG, SYS_ID_RECVMMSG, 5},
		{SYS_SENDMMSG, SYS_ID_SENDMMSG, 4},
		{0, SYS_ID_OTHER, 0},
		{SYS_SETSOCKOPT, SYS_ID_SETSOCKOPT, 5},
		{SYS_GETSOCKOPT, SYS_ID_GETSOCKOPT, 5},
		{21, SYS_ID_OTHER, 0},
		{UINT32_MAX, SYS_ID_OTHER, 0},
		{UINT64_MAX, SYS_ID_OTHER, 0},
		{0xdead00000000u | SYS_CONNECT, SYS_ID_CONNECT, 3},
	};

	for (unsigned i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		unsigned words = 99;

		CHECK(sysnr_socketcall(cases[i].which, &words) == cases[i].id);
		CHECK(words == cases[i].words);
	}
}
