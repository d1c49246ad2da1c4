/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_interrupted.c - arch/arch.h: calls that an ignored signal ends with
 * EINTR
 */
#include <sys/epoll.h>

#include "arch/arch.h"
#include "arch/sysnr.h"
#include "test/unit/harness.h"
#include "test/unit/marked.h"
#include "test/unit/tracee.h"

#define WAIT_MS 300

struct waiting {
	struct marked_call call;
	int signal; /* its handler is set; 0: none */
	int handled;
};

static volatile sig_atomic_t handled;

static void handler(int sig)
{
	(void)sig;
	handled = handled + 1;
}

/* epoll_pwait(2) in every ABI has the descriptor first and the time fourth. */
static int waiting_body(const void *arg)
{
	const struct waiting *waiting = arg;
	struct marked_call call = waiting->call;
	struct sigaction action = {.sa_handler = handler};
	struct epoll_event event;
	int fd = epoll_create1(0), status;

	if (fd < 0 || (waiting->signal && sigaction(waiting->signal, &action, NULL) != 0))
		return 90;
	call.before.regs[marked_args[0]] = (uint64_t)fd;
	call.before.regs[marked_args[1]] = (uintptr_t)&event;
	status = marked_body(&call);
	return handled == waiting->handled ? status : 91;
}

/* A child asleep in epoll_pwait(fd, &event, 1, WAIT_MS, NULL, 8). */
static pid_t asleep(struct waiting *waiting)
{
	static const uint64_t args[6] = {0, 0, 1, WAIT_MS, 0, 8};
	const struct tracee tracee = {
		.abi = arch_native_abi(),
		.nr = sysnr_nr(arch_native_abi(), SYS_ID_EPOLL_PWAIT),
		.body = waiting_body,
		.arg = waiting,
	};
	pid_t pid;

	waiting->call.before = marked_new(tracee.nr, marked_args, args);
	waiting->call.make = marked_syscall;
	pid = tracee_start(&tracee);
	CHECK(ptrace(PTRACE_CONT, pid, NULL, NULL) == 0);
	usleep(50000);
	return pid;
}

TEST(rewound_after_an_ignored_signal)
{
	struct waiting waiting = {.call.want = 0};
	struct arch_call call = {.nr = -1};
	int64_t begin = tracee_clock_ms();
	siginfo_t info;
	int detail;
	pid_t pid = asleep(&waiting);

	for (unsigned i = 0; i < 3; i++) {
		CHECK(kill(pid, SIGCHLD) == 0);
		CHECK(tracee_wait(pid, &detail) == TRACEE_SIGNAL && detail == SIGCHLD);
		CHECK(arch_interrupted_get(pid, &call) == 0);
		CHECK(call.abi == arch_native_abi());
		CHECK(sysnr_id(call.abi, call.nr) == SYS_ID_EPOLL_PWAIT);
		CHECK(arch_interrupted_rewind(pid) == 0);
		CHECK(ptrace(PTRACE_GETSIGINFO, pid, NULL, &info) == 0);
		CHECK(info.si_signo == SIGCHLD && info.si_code == SI_USER);
		CHECK(tracee_next(pid, PTRACE_CONT, SIGCHLD, &detail) == TRACEE_SECCOMP);
		CHECK(arch_call_get(pid, &call) == 0);
		CHECK(call.args[3] == WAIT_MS && call.args[5] == 8 &&
		      call.args[0] < 1000);
		CHECK(ptrace(PTRACE_CONT, pid, NULL, NULL) == 0);
		usleep(50000);
	}
	CHECK(tracee_wait(pid, &detail) == TRACEE_GONE && detail == MARKED_OK);
	CHECK(tracee_clock_ms() - begin >= 3 * 50 + WAIT_MS);
}

TEST(not_rewound_the_program_sees_eintr)
{
	struct waiting waiting = {.call.want = -EINTR};
	struct arch_call call = {.nr = -1};
	int detail;
	pid_t pid = asleep(&waiting);

	CHECK(kill(pid, SIGCHLD) == 0);
	CHECK(tracee_wait(pid, &detail) == TRACEE_SIGNAL && detail == SIGCHLD);
	CHECK(arch_interrupted_get(pid, &call) == 0);
	CHECK(tracee_next(pid, PTRACE_CONT, SIGCHLD, &detail) == TRACEE_GONE);
	CHECK(detail == MARKED_OK);
}

TEST(handled_signal_is_not_lost)
{
	struct waiting waiting = {{.want = -EINTR}, SIGUSR1, 1};
	int detail;
	pid_t pid = asleep(&waiting);

	CHECK(kill(pid, SIGUSR1) == 0);
	CHECK(tracee_wait(pid, &detail) == TRACEE_SIGNAL && detail == SIGUSR1);
	CHECK(tracee_next(pid, PTRACE_CONT, SIGUSR1, &detail) == TRACEE_GONE);
	CHECK(detail == MARKED_OK);
}

static int raising_body(const void *arg)
{
	(void)arg;
	kill(getpid(), SIGCHLD);
	return 0;
}

static int spinning_body(const void *arg)
{
	volatile unsigned spin = 0;

	(void)arg;
	getppid();
	for (;;)
		spin++;
	return 0;
}

/* At the signal of a call that went well, and of a task in no call at all. */
TEST(nothing_was_interrupted)
{
	struct tracee tracee = {arch_native_abi(), SYS_kill, false, raising_body, NULL};
	struct arch_call call = {.nr = -1};
	int detail;
	pid_t pid = tracee_start(&tracee);

	CHECK(tracee_next(pid, PTRACE_CONT, 0, &detail) == TRACEE_SIGNAL);
	CHECK(arch_interrupted_get(pid, &call) == -ENOENT && call.nr == -1);
	CHECK(tracee_end(pid) == 0);

	tracee = (struct tracee){arch_native_abi(), SYS_getppid, false, spinning_body,
				 NULL};
	pid = tracee_start(&tracee);
	CHECK(ptrace(PTRACE_CONT, pid, NULL, NULL) == 0);
	CHECK(kill(pid, SIGCHLD) == 0);
	CHECK(tracee_wait(pid, &detail) == TRACEE_SIGNAL && detail == SIGCHLD);
	CHECK(arch_interrupted_get(pid, &call) == -ENOENT && call.nr == -1);
	CHECK(kill(pid, SIGKILL) == 0);
	CHECK(tracee_wait(pid, &detail) == TRACEE_GONE);
}

static int polling_body(const void *arg)
{
	const struct timespec time = {0, 200000000};

	(void)arg;
	return (int)syscall(SYS_ppoll, NULL, 0, &time, NULL, 8);
}

/* The kernel restarts ppoll(2) itself when the signal has no handler: its result is not
 * EINTR. */
TEST(restarted_by_the_kernel)
{
	const struct tracee tracee = {arch_native_abi(), SYS_ppoll, false, polling_body,
				      NULL};
	struct arch_call call = {.nr = -1};
	int detail;
	pid_t pid = tracee_start(&tracee);

	CHECK(ptrace(PTRACE_CONT, pid, NULL, NULL) == 0);
	usleep(50000);
	CHECK(kill(pid, SIGCHLD) == 0);
	CHECK(tracee_wait(pid, &detail) == TRACEE_SIGNAL);
	CHECK(arch_interrupted_get(pid, &call) == -ENOENT);
	CHECK(tracee_next(pid, PTRACE_CONT, SIGCHLD, &detail) == TRACEE_SECCOMP);
	CHECK(tracee_end(pid) == 0);
}
