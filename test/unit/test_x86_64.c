/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_x86_64.c - arch/x86_64.c: i386 calls that a 64-bit task makes by int
 * $0x80
 */
#include "arch/callinfo.h"

#include <sys/mman.h>

#include "arch/sysnr.h"
#include "test/unit/harness.h"
#include "test/unit/marked.h"
#include "test/unit/tracee.h"

#if defined(__x86_64__)
/* The upper halves are rubbish that the kernel does not look at. */
static const uint64_t connect_args[6] = {
	0x12345678000003e8, 0xdeadbeef00001000, 16, 3, 0xffffffff00000004, UINT64_MAX,
};
static const uint64_t seen_args[6] = {1000, 0x1000, 16, 3, 4, UINT32_MAX};

static int int80_body(const void *arg)
{
	struct marked call = marked_new(0x7fffffff, marked_args_int80, arg);

	marked_int80(&call);
	return call.regs[MARKED_RESULT] != (uint64_t)-ENOSYS;
}

/* A kernel without IA32_EMULATION answers int $0x80 with SIGSEGV. */
static bool has_int80(void)
{
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		signal(SIGSEGV, SIG_DFL);
		_exit(int80_body(connect_args));
	}
	return waitpid(pid, &status, 0) == pid && WIFEXITED(status) &&
	       !WEXITSTATUS(status);
}

static pid_t connecting(struct marked_call *call, int64_t want, bool by_syscall_stops)
{
	const struct tracee tracee = {ABI_I386, sysnr_nr(ABI_I386, SYS_ID_CONNECT),
				      by_syscall_stops, marked_body, call};

	if (!has_int80()) {
		puts("skipped: no int $0x80 here");
		exit(77);
	}
	*call = (struct marked_call){
		marked_new(tracee.nr, marked_args_int80, connect_args), marked_int80,
		want};
	return tracee_start(&tracee);
}

static void check_call(const struct arch_call *call)
{
	CHECK(call->abi == ABI_I386);
	CHECK(sysnr_id(call->abi, call->nr) == SYS_ID_CONNECT);
	CHECK(memcmp(call->args, seen_args, sizeof(seen_args)) == 0);
}

TEST(int80_is_read_and_skipped)
{
	for (unsigned i = 0; i < 2; i++) {
		struct marked_call marked;
		struct arch_call call;
		pid_t pid = connecting(&marked, -ECONNREFUSED, i);

		CHECK(arch_call_get(pid, &call) == 0);
		check_call(&call);
		CHECK(callinfo_call_from_regs(pid, &call) == 0);
		check_call(&call);
		CHECK(arch_call_skip(pid, -ECONNREFUSED) == 0);
		CHECK(tracee_end(pid) == MARKED_OK);
	}
}

TEST(int80_replaced)
{
	static const uint64_t args[6] = {UINT32_MAX, 0, 0, 0x4000, 0, 0};

	for (unsigned i = 0; i < 2; i++) {
		struct marked_call marked;
		struct arch_call call;
		struct arch_regs saved;
		int64_t result = 0;
		int detail;
		pid_t pid = connecting(&marked, 7, false);

		CHECK(arch_call_get(pid, &call) == 0);
		CHECK(arch_call_replace(pid, &call, sysnr_nr(ABI_I386, SYS_ID_SENDTO),
					args, &saved) == 0);
		CHECK(tracee_next(pid, PTRACE_SYSCALL, 0, &detail) == TRACEE_SYSCALL);
		CHECK(arch_result_get(pid, &result) == 0 && result == -EBADF);
		if (i == 0) {
			CHECK(arch_call_finish(pid, &saved, 7) == 0);
		} else {
			CHECK(arch_call_again(pid, &saved) == 0);
			CHECK(tracee_next(pid, PTRACE_CONT, 0, &detail) ==
			      TRACEE_SECCOMP);
			CHECK(arch_call_get(pid, &call) == 0);
			check_call(&call);
			CHECK(arch_call_skip(pid, 7) == 0);
		}
		CHECK(tracee_end(pid) == MARKED_OK);
	}
}

TEST(int80_restarted)
{
	struct marked_call marked;
	struct arch_call call;
	struct arch_regs saved;
	uint64_t args[6];
	int64_t result = 0;
	int32_t nr;
	int detail;
	pid_t pid = connecting(&marked, 7, false);

	CHECK(arch_call_get(pid, &call) == 0);
	CHECK(arch_sleep_call(pid, &call, 20000, &nr, args) == 0);
	CHECK(sysnr_id(ABI_I386, nr) == SYS_ID_POLL);
	CHECK(arch_call_replace(pid, &call, nr, args, &saved) == 0);
	CHECK(ptrace(PTRACE_SYSCALL, pid, NULL, NULL) == 0);
	usleep(20000);
	CHECK(kill(pid, SIGCHLD) == 0);
	CHECK(tracee_wait(pid, &detail) == TRACEE_SYSCALL);
	CHECK(arch_result_get(pid, &result) == 0 && result == -516);
	CHECK(arch_call_finish(pid, &saved, -512) == 0);
	CHECK(tracee_next(pid, PTRACE_CONT, 0, &detail) == TRACEE_SIGNAL);
	CHECK(tracee_next(pid, PTRACE_CONT, SIGCHLD, &detail) == TRACEE_SECCOMP);
	CHECK(arch_call_get(pid, &call) == 0);
	check_call(&call);
	CHECK(arch_call_skip(pid, 7) == 0);
	CHECK(tracee_end(pid) == MARKED_OK);
}

/* sigtimedwait(&set, NULL, &time, 8), what it points to below 4 GiB. */
static int sleeping_body(const void *arg)
{
	uint32_t *low = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
			     MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
	const uint64_t args[6] = {(uintptr_t)low, 0, (uintptr_t)(low + 2), 8, 0, 0};
	struct marked_call call = {.make = marked_int80, .want = -EAGAIN};

	(void)arg;
	if (low == MAP_FAILED)
		return 90;
	low[0] = 1u << (SIGUSR2 - 1);
	low[3] = 200000000; /* nanoseconds of the old 32-bit timespec */
	call.before = marked_new(sysnr_nr(ABI_I386, SYS_ID_RT_SIGTIMEDWAIT),
				 marked_args_int80, args);
	return marked_body(&call);
}

TEST(int80_interrupted)
{
	const struct tracee tracee = {ABI_I386,
				      sysnr_nr(ABI_I386, SYS_ID_RT_SIGTIMEDWAIT), false,
				      sleeping_body, NULL};
	struct arch_call call = {.nr = -1};
	int detail;
	pid_t pid;

	if (!has_int80())
		return;
	pid = tracee_start(&tracee);
	CHECK(ptrace(PTRACE_CONT, pid, NULL, NULL) == 0);
	usleep(50000);
	CHECK(kill(pid, SIGCHLD) == 0);
	CHECK(tracee_wait(pid, &detail) == TRACEE_SIGNAL);
	CHECK(arch_interrupted_get(pid, &call) == 0);
	CHECK(call.abi == ABI_I386);
	CHECK(sysnr_id(call.abi, call.nr) == SYS_ID_RT_SIGTIMEDWAIT);
	CHECK(arch_interrupted_rewind(pid) == 0);
	CHECK(tracee_next(pid, PTRACE_CONT, SIGCHLD, &detail) == TRACEE_SECCOMP);
	CHECK(tracee_end(pid) == MARKED_OK);
}
/* Right behind a syscall instruction with -EINTR in rax, for ever. */
static int spinning_body(const void *arg)
{
	(void)arg;
	__asm__ volatile("syscall\n1: jmp 1b"
			 :
			 : "a"(SYS_getppid)
			 : "rcx", "r11", "memory");
	return 0;
}

/* The program has its EINTR already when the signal comes: it must keep it. */
TEST(an_interrupt_is_no_call)
{
	const struct tracee tracee = {ABI_X86_64, SYS_getppid, false, spinning_body,
				      NULL};
	struct arch_call call = {.nr = -1};
	pid_t pid = tracee_start(&tracee);
	int detail;

	CHECK(arch_call_skip(pid, -EINTR) == 0);
	CHECK(ptrace(PTRACE_CONT, pid, NULL, NULL) == 0);
	usleep(20000);
	CHECK(kill(pid, SIGCHLD) == 0);
	CHECK(tracee_wait(pid, &detail) == TRACEE_SIGNAL && detail == SIGCHLD);
	CHECK(arch_interrupted_get(pid, &call) == -ENOENT && call.nr == -1);
	CHECK(kill(pid, SIGKILL) == 0);
	CHECK(tracee_wait(pid, &detail) == TRACEE_GONE);
}
#else
TEST(x86_64_only)
{
	puts("skipped: not x86_64");
	exit(77);
}
#endif
