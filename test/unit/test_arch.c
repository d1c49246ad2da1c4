/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_arch.c - arch/arch.h on a real task: skip, replace, finish, again
 */
#include "arch/arch.h"

#include <limits.h>

#include "arch/sysnr.h"
#include "test/unit/harness.h"
#include "test/unit/marked.h"
#include "test/unit/tracee.h"

#define RESTARTSYS                                                                       \
	(-512) /* include/linux/errno.h of the kernel, never seen by programs */

static const uint64_t connect_args[6] = {1000, 0x123456789abc, 16, 3, 0xffffffff, 5};
static const uint64_t sendto_args[6] = {UINT32_MAX, 0, 0, 0x4000, 0, 0};

static int32_t native(enum sys_id id)
{
	return sysnr_nr(arch_native_abi(), id);
}

/* A child at the entry of connect(1000, ...), every other register marked. */
static pid_t connecting(struct marked_call *call, int64_t want, bool by_syscall_stops)
{
	const struct tracee tracee = {arch_native_abi(), native(SYS_ID_CONNECT),
				      by_syscall_stops, marked_body, call};

	call->before = marked_new(tracee.nr, marked_args, connect_args);
	call->make = marked_syscall;
	call->want = want;
	return tracee_start(&tracee);
}

/* The call turned into another and run: its result. */
static int64_t replaced(pid_t pid, int32_t nr, const uint64_t args[6],
			struct arch_regs *ret_saved)
{
	struct arch_call call;
	int64_t result = INT64_MIN;
	int detail;

	CHECK(arch_call_get(pid, &call) == 0);
	CHECK(arch_call_replace(pid, &call, nr, args, ret_saved) == 0);
	CHECK(tracee_next(pid, PTRACE_SYSCALL, 0, &detail) == TRACEE_SYSCALL);
	CHECK(arch_result_get(pid, &result) == 0);
	return result;
}

TEST(skip)
{
	static const int64_t results[] = {-ECONNREFUSED, 0,     1,      1000,
					  -EPERM,        -4095, INT_MAX};

	for (unsigned i = 0; i < 2 * ARRAY_LEN(results); i++) {
		int64_t result = results[i / 2];
		struct marked_call call;
		pid_t pid = connecting(&call, result, i % 2);

		CHECK(arch_call_skip(pid, result) == 0);
		CHECK(tracee_end(pid) == MARKED_OK);
	}
}

TEST(skipped_call_at_its_exit_stop)
{
	struct marked_call call;
	pid_t pid = connecting(&call, -ECONNREFUSED, true);
	int64_t result = 0;
	int detail;

	CHECK(arch_call_skip(pid, -ECONNREFUSED) == 0);
	CHECK(tracee_next(pid, PTRACE_SYSCALL, 0, &detail) == TRACEE_SYSCALL);
	CHECK(arch_result_get(pid, &result) == 0 && result == -ECONNREFUSED);
	CHECK(tracee_end(pid) == MARKED_OK);
}

TEST(replace_and_finish)
{
	static const int64_t results[] = {-EINPROGRESS, 0, 7, -ECONNREFUSED};

	for (unsigned i = 0; i < 2 * ARRAY_LEN(results); i++) {
		int64_t result = results[i / 2];
		struct marked_call call;
		struct arch_regs saved;
		pid_t pid = connecting(&call, result, i % 2);

		CHECK(replaced(pid, native(SYS_ID_SENDTO), sendto_args, &saved) ==
		      -EBADF);
		CHECK(saved.nr == native(SYS_ID_CONNECT));
		CHECK(arch_call_finish(pid, &saved, result) == 0);
		CHECK(tracee_end(pid) == MARKED_OK);
	}
}

/* All six arguments arrive: mmap without them would not do. */
TEST(replace_passes_every_argument)
{
	const uint64_t args[6] = {0, 4096, 1, 0x22, UINT64_MAX, 0};
	struct marked_call call;
	struct arch_regs saved;
	pid_t pid = connecting(&call, -EIO, false);
	int64_t address = replaced(pid, SYS_mmap, args, &saved);

	CHECK(address > 4096 && address % 4096 == 0);
	CHECK(arch_call_finish(pid, &saved, -EIO) == 0);
	CHECK(tracee_end(pid) == MARKED_OK);
}

TEST(again)
{
	for (unsigned i = 0; i < 2; i++) {
		struct marked_call call;
		struct arch_regs saved;
		struct arch_call first, second;
		pid_t pid = connecting(&call, 5, i);
		int detail;

		CHECK(arch_call_get(pid, &first) == 0);
		CHECK(replaced(pid, native(SYS_ID_SENDTO), sendto_args, &saved) ==
		      -EBADF);
		CHECK(arch_call_again(pid, &saved) == 0);
		CHECK(tracee_next(pid, i ? PTRACE_SYSCALL : PTRACE_CONT, 0, &detail) ==
		      (i ? TRACEE_SYSCALL : TRACEE_SECCOMP));
		CHECK(arch_call_get(pid, &second) == 0);
		CHECK(first.abi == second.abi && first.nr == second.nr);
		CHECK(memcmp(first.args, second.args, sizeof(first.args)) == 0);
		CHECK(first.sp == second.sp);
		CHECK(arch_call_skip(pid, 5) == 0);
		CHECK(tracee_end(pid) == MARKED_OK);
	}
}

static volatile sig_atomic_t handled;

static void handler(int sig)
{
	(void)sig;
	handled = handled + 1;
}

struct restart_case {
	struct marked_call call;
	int flags;
};

static int restart_body(const void *arg)
{
	const struct restart_case *test = arg;
	struct sigaction action = {.sa_handler = handler, .sa_flags = test->flags};
	int status;

	if (sigaction(SIGUSR1, &action, NULL) != 0)
		return 90;
	status = marked_body(&test->call);
	return handled == 1 ? status : 91;
}

/* A signal ends the sleep that the call was turned into; with -ERESTARTSYS as the result
 * the program's own call is made again after the handler, or ends with EINTR. */
static void restart(int flags, int64_t want, bool by_syscall_stops)
{
	struct restart_case test = {.flags = flags};
	const struct tracee tracee = {arch_native_abi(), native(SYS_ID_CONNECT),
				      by_syscall_stops, restart_body, &test};
	struct arch_call call, again = {.nr = -1};
	struct arch_regs saved;
	uint64_t args[6];
	int64_t result = 0;
	int32_t nr;
	int detail;
	pid_t pid;

	test.call = (struct marked_call){marked_new(tracee.nr, marked_args, connect_args),
					 marked_syscall, want};
	pid = tracee_start(&tracee);
	CHECK(arch_call_get(pid, &call) == 0);
	CHECK(arch_sleep_call(pid, &call, 20000, &nr, args) == 0);
	CHECK(arch_call_replace(pid, &call, nr, args, &saved) == 0);
	CHECK(ptrace(PTRACE_SYSCALL, pid, NULL, NULL) == 0);
	usleep(20000);
	CHECK(kill(pid, SIGUSR1) == 0);
	CHECK(tracee_wait(pid, &detail) == TRACEE_SYSCALL);
	CHECK(arch_result_get(pid, &result) == 0);
	CHECK(result == -516 ||
	      result == -514); /* ERESTART_RESTARTBLOCK, ERESTARTNOHAND */
	CHECK(arch_call_finish(pid, &saved, RESTARTSYS) == 0);
	CHECK(tracee_next(pid, PTRACE_CONT, 0, &detail) == TRACEE_SIGNAL);
	CHECK(detail == SIGUSR1);
	if (flags & SA_RESTART && !by_syscall_stops) {
		CHECK(tracee_next(pid, PTRACE_CONT, SIGUSR1, &detail) == TRACEE_SECCOMP);
		CHECK(arch_call_get(pid, &again) == 0);
		CHECK(again.nr == call.nr);
		CHECK(memcmp(again.args, call.args, sizeof(call.args)) == 0);
		CHECK(arch_call_skip(pid, want) == 0);
		CHECK(tracee_end(pid) == MARKED_OK);
		return;
	}
	CHECK(tracee_next(pid, PTRACE_CONT, SIGUSR1, &detail) == TRACEE_GONE);
	CHECK(detail == MARKED_OK);
}

TEST(restart_with_sa_restart)
{
	restart(SA_RESTART, 77, false);
	restart(SA_RESTART, -EBADF, true); /* the kernel's own answer the second time */
}

TEST(restart_without_sa_restart)
{
	restart(0, -EINTR, false);
	restart(0, -EINTR, true);
}

/* The whole answer of a task that was killed while it stood in its stop is ESRCH. */
TEST(killed_meanwhile)
{
	struct marked_call marked;
	struct arch_call call = {0};
	struct arch_regs saved = {0};
	pid_t pid = connecting(&marked, 0, false);
	siginfo_t info;
	int64_t result;
	int32_t nr;
	uint64_t args[6] = {0};

	CHECK(arch_call_get(pid, &call) == 0);
	CHECK(kill(pid, SIGKILL) == 0);
	CHECK(waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT) == 0);
	CHECK(arch_call_get(pid, &call) == -ESRCH);
	CHECK(arch_call_skip(pid, 0) == -ESRCH);
	CHECK(arch_call_replace(pid, &call, 1, args, &saved) == -ESRCH);
	CHECK(arch_result_get(pid, &result) == -ESRCH);
	CHECK(arch_call_finish(pid, &saved, 0) == -ESRCH);
	CHECK(arch_call_again(pid, &saved) == -ESRCH);
	CHECK(arch_interrupted_get(pid, &call) == -ESRCH);
	CHECK(arch_interrupted_rewind(pid) == -ESRCH);
	if (sysnr_nr(arch_native_abi(), SYS_ID_POLL) < 0)
		CHECK(arch_sleep_call(pid, &call, 1, &nr, args) == -ESRCH);
	CHECK(waitpid(pid, NULL, __WALL) == pid);
}
