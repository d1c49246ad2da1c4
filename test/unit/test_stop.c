/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_stop.c - every wait status, by name and against a second reading of
 * ptrace(2)
 */
#include "tracer/stop.h"

#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test/unit/harness.h"

#define EVENT_STATUS(event, sig) ((event) << 16 | (sig) << 8 | 0x7f)

static bool is(int status, enum stop_kind kind, int value)
{
	struct stop stop = stop_classify(status);

	return stop.kind == kind && stop.value == value;
}

TEST(named_statuses)
{
	static const struct {
		int status;
		enum stop_kind kind;
		int value;
	} cases[] = {
		{0x0000, STOP_EXITED, 0},
		{0x0100, STOP_EXITED, 1},
		{0xff00, STOP_EXITED, 255},
		{0x0009, STOP_KILLED, SIGKILL},
		{0x008b, STOP_KILLED, SIGSEGV}, /* with a core dump */
		{0x0040, STOP_KILLED, 64},
		{0xffff, STOP_UNKNOWN, 0}, /* WIFCONTINUED */
		{0x857f, STOP_SYSCALL, 0},
		{0x057f, STOP_SIGNAL, SIGTRAP}, /* a breakpoint of the program's own */
		{0x137f, STOP_SIGNAL, SIGSTOP}, /* on its way, nothing is stopped yet */
		{0x0e7f, STOP_SIGNAL, SIGALRM},
		{EVENT_STATUS(PTRACE_EVENT_FORK, SIGTRAP), STOP_CHILD, 0},
		{EVENT_STATUS(PTRACE_EVENT_VFORK, SIGTRAP), STOP_CHILD, 0},
		{EVENT_STATUS(PTRACE_EVENT_CLONE, SIGTRAP), STOP_CHILD, 0},
		{EVENT_STATUS(PTRACE_EVENT_EXEC, SIGTRAP), STOP_EXEC, 0},
		{EVENT_STATUS(PTRACE_EVENT_SECCOMP, SIGTRAP), STOP_SECCOMP, 0},
		{EVENT_STATUS(PTRACE_EVENT_VFORK_DONE, SIGTRAP), STOP_UNKNOWN, 0},
		{EVENT_STATUS(PTRACE_EVENT_EXIT, SIGTRAP), STOP_EXITING, 0},
		{EVENT_STATUS(PTRACE_EVENT_STOP, SIGTRAP), STOP_TRAP, SIGTRAP},
		{EVENT_STATUS(PTRACE_EVENT_STOP, SIGSTOP), STOP_GROUP, SIGSTOP},
		{EVENT_STATUS(PTRACE_EVENT_STOP, SIGTSTP), STOP_GROUP, SIGTSTP},
		{EVENT_STATUS(PTRACE_EVENT_STOP, SIGTTIN), STOP_GROUP, SIGTTIN},
		{EVENT_STATUS(PTRACE_EVENT_STOP, SIGTTOU), STOP_GROUP, SIGTTOU},
		{EVENT_STATUS(PTRACE_EVENT_STOP, SIGCONT), STOP_TRAP, SIGCONT},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		CHECK(is(cases[i].status, cases[i].kind, cases[i].value));
}

TEST(every_way_to_end)
{
	for (int value = 0; value < 256; value++)
		CHECK(is(value << 8, STOP_EXITED, value));
	for (int sig = 1; sig < 127; sig++) {
		CHECK(is(sig, STOP_KILLED, sig));
		CHECK(is(sig | 0x80, STOP_KILLED, sig));
	}
}

/* The stops of 256 events and 256 signals: 0x7f in the low byte (wait(2)). */
TEST(every_stop)
{
	static const enum stop_kind events[256] = {
		[1] = STOP_CHILD, [2] = STOP_CHILD,   [3] = STOP_CHILD,
		[4] = STOP_EXEC,  [6] = STOP_EXITING, [7] = STOP_SECCOMP,
	};

	for (int sig = 0; sig < 256; sig++) {
		bool group = sig >= SIGSTOP && sig <= SIGTTOU;

		if (sig == 0x85)
			CHECK(is(EVENT_STATUS(0, sig), STOP_SYSCALL, 0));
		else
			CHECK(is(EVENT_STATUS(0, sig), STOP_SIGNAL, sig));
		for (int event = 1; event < 256; event++)
			if (event != PTRACE_EVENT_STOP)
				CHECK(is(EVENT_STATUS(event, sig), events[event], 0));
		CHECK(is(EVENT_STATUS(PTRACE_EVENT_STOP, sig),
			 group ? STOP_GROUP : STOP_TRAP, sig));
	}
}

/* Whatever else a status holds: only what has ended is told as ended. */
TEST(only_the_dead_are_gone)
{
	unsigned wrong = 0;

	for (int status = 0; status < 1 << 24; status++) {
		struct stop stop = stop_classify(status);
		bool gone = stop.kind == STOP_EXITED || stop.kind == STOP_KILLED;

		wrong += gone != (WIFEXITED(status) || WIFSIGNALED(status));
		wrong += stop.kind >= STOP_NUM_;
	}
	CHECK(wrong == 0);
	CHECK(stop_classify((int)(0xffff0000u | 0x057f)).kind == STOP_UNKNOWN);
}

TEST(real_children)
{
	int status;
	pid_t pid = fork();

	if (!pid)
		_exit(7);
	CHECK(waitpid(pid, &status, 0) == pid && is(status, STOP_EXITED, 7));
	pid = fork();
	if (!pid) {
		pause();
		_exit(0);
	}
	CHECK(kill(pid, SIGKILL) == 0);
	CHECK(waitpid(pid, &status, 0) == pid && is(status, STOP_KILLED, SIGKILL));
}
