/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_callinfo.c - arch/callinfo.c on a real task: what call, what result,
 * sleeping
 */
#include "arch/callinfo.h"

#include "arch/sysnr.h"
#include "test/unit/harness.h"
#include "test/unit/marked.h"
#include "test/unit/tracee.h"

static const uint64_t args[6] = {
	0x80000000fffffff0, 0x123456789abc, 16, 3, 0xffffffff, 5};

static pid_t connecting(struct marked_call *call, int64_t nr, int64_t want,
			bool by_syscall_stops)
{
	const struct tracee tracee = {arch_native_abi(), (int32_t)nr, by_syscall_stops,
				      marked_body, call};

	*call = (struct marked_call){marked_new(nr, marked_args, args), marked_syscall,
				     want};
	return tracee_start(&tracee);
}

static void check_call(const struct arch_call *call, int32_t nr)
{
	CHECK(call->abi == arch_native_abi());
	CHECK(call->nr == nr);
	CHECK(memcmp(call->args, args, sizeof(args)) == 0);
	CHECK(call->sp > 4096 && call->sp % 8 == 0);
}

TEST(a_call_is_read)
{
	int32_t nr = sysnr_nr(arch_native_abi(), SYS_ID_CONNECT);

	for (unsigned i = 0; i < 2; i++) {
		struct marked_call marked;
		struct arch_call call, by_regs;
		pid_t pid = connecting(&marked, nr, 0, i);

		CHECK(arch_call_get(pid, &call) == 0);
		check_call(&call, nr);
		CHECK(callinfo_call_from_regs(pid, &by_regs) == 0);
		check_call(&by_regs, nr);
		CHECK(by_regs.sp == call.sp);
		CHECK(arch_call_skip(pid, 0) == 0);
		CHECK(tracee_end(pid) == MARKED_OK);
	}
}

/* The kernel looks at the low half of the number register alone. */
TEST(rubbish_above_the_number)
{
	int32_t nr = sysnr_nr(arch_native_abi(), SYS_ID_CONNECT);
	struct marked_call marked;
	struct arch_call call;
	pid_t pid = connecting(&marked, (int64_t)(0xdeadbeef00000000u | (uint32_t)nr), 3,
			       false);

	CHECK(arch_call_get(pid, &call) == 0);
	check_call(&call, nr);
	CHECK(callinfo_call_from_regs(pid, &call) == 0);
	check_call(&call, nr);
	CHECK(arch_call_skip(pid, 3) == 0);
	CHECK(tracee_end(pid) == MARKED_OK);
}

TEST(no_call_at_an_exit_stop)
{
	struct marked_call marked;
	struct arch_call call = {.nr = 12345};
	int64_t result = 0, by_regs = 0;
	int detail;
	pid_t pid = connecting(&marked, sysnr_nr(arch_native_abi(), SYS_ID_CONNECT),
			       -EBADF, true);

	CHECK(arch_result_get(pid, &result) == -ENOENT && result == 0);
	CHECK(tracee_next(pid, PTRACE_SYSCALL, 0, &detail) == TRACEE_SYSCALL);
	CHECK(arch_call_get(pid, &call) == -ENOENT && call.nr == 12345);
	CHECK(arch_result_get(pid, &result) == 0 && result == -EBADF);
	CHECK(callinfo_result_from_regs(pid, &by_regs) == 0 && by_regs == -EBADF);
	CHECK(tracee_end(pid) == MARKED_OK);
}

TEST(peek)
{
	static const uint64_t known[2] = {UINT64_MAX, 0x0123456789abcdef};
	struct marked_call marked;
	uint64_t word = 0;
	pid_t pid = connecting(&marked, sysnr_nr(arch_native_abi(), SYS_ID_CONNECT), 0,
			       false);

	CHECK(callinfo_peek(pid, (uintptr_t)&known[0], &word) == 0 && word == known[0]);
	CHECK(callinfo_peek(pid, (uintptr_t)&known[1], &word) == 0 && word == known[1]);
	CHECK(callinfo_peek(pid, 8, &word) == -EIO && word == known[1]);
	CHECK(arch_call_skip(pid, 0) == 0);
	CHECK(tracee_end(pid) == MARKED_OK);
}

TEST(sleep_call_lasts)
{
	static const unsigned times[] = {0, 60, 1100};

	for (unsigned i = 0; i < ARRAY_LEN(times); i++) {
		struct marked_call marked;
		struct arch_call call;
		struct arch_regs saved;
		int64_t result = -1, begin, took;
		uint64_t sleep_args[6];
		int32_t nr;
		int detail;
		pid_t pid =
			connecting(&marked, sysnr_nr(arch_native_abi(), SYS_ID_CONNECT),
				   -ETIMEDOUT, i % 2);

		CHECK(arch_call_get(pid, &call) == 0);
		CHECK(arch_sleep_call(pid, &call, times[i], &nr, sleep_args) == 0);
		CHECK(arch_call_replace(pid, &call, nr, sleep_args, &saved) == 0);
		begin = tracee_clock_ms();
		CHECK(tracee_next(pid, PTRACE_SYSCALL, 0, &detail) == TRACEE_SYSCALL);
		took = tracee_clock_ms() - begin;
		CHECK(took + 1 >= times[i] && took < times[i] + 1000);
		CHECK(arch_result_get(pid, &result) == 0 && result == 0);
		CHECK(arch_call_finish(pid, &saved, -ETIMEDOUT) == 0);
		CHECK(tracee_end(pid) == MARKED_OK);
	}
}

/* Of every ABI, by its table alone: no pointer, and never the negative time that is for
 * ever. */
TEST(sleep_call_of_an_abi)
{
	for (unsigned abi = ABI_UNKNOWN; abi < ABI_NUM_; abi++) {
		const struct arch_call call = {.abi = abi};
		int32_t want = sysnr_nr(abi, SYS_ID_POLL), nr = -7;
		uint64_t sleep_args[6] = {9, 9, 9, 9, 9, 9};

		if (want < 0)
			continue;
		CHECK(arch_sleep_call(0, &call, UINT32_MAX, &nr, sleep_args) == 0);
		CHECK(nr == want);
		CHECK(sleep_args[0] == 0 && sleep_args[1] == 0);
		CHECK(sleep_args[2] == INT32_MAX);
	}
}

TEST(sleep_call_of_an_unknown_abi)
{
	const struct arch_call call = {.abi = ABI_UNKNOWN};
	uint64_t sleep_args[6] = {9};
	int32_t nr = -7;

	CHECK(arch_sleep_call(0, &call, 1, &nr, sleep_args) == -ENOSYS);
	CHECK(nr == -7 && sleep_args[0] == 9);
}
