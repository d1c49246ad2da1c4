/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/tracee.h - a forked child under ptrace whose calls of one number stop by
 * seccomp
 */
#ifndef NETJAIL_TEST_UNIT_TRACEE_H
#define NETJAIL_TEST_UNIT_TRACEE_H

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "arch/arch.h"

/* The child's body; what it returns is its exit status. */
typedef int tracee_body(const void *arg);

struct tracee {
	enum abi_id abi; /* the call that is to stop */
	int32_t nr;
	bool by_syscall_stops; /* as in attach mode, without a filter */
	tracee_body *body;
	const void *arg;
};

enum tracee_stop {
	TRACEE_GONE,
	TRACEE_SECCOMP,
	TRACEE_SYSCALL,
	TRACEE_SIGNAL,
	TRACEE_OTHER
};

static inline void tracee_filter(const struct tracee *tracee)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, abi_get(tracee->abi)->audit_arch, 0,
			 3),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)tracee->nr, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRACE),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog filter = {sizeof(code) / sizeof(code[0]), code};

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
	    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) != 0)
		_exit(99);
}

/* Waits for the child's next stop; ret_detail: the signal or the exit status. */
static inline enum tracee_stop tracee_wait(pid_t pid, int *ret_detail)
{
	int status;

	if (waitpid(pid, &status, __WALL) != pid)
		abort();
	if (WIFEXITED(status) || WIFSIGNALED(status)) {
		*ret_detail =
			WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
		return TRACEE_GONE;
	}
	*ret_detail = WSTOPSIG(status);
	if (status >> 8 == (SIGTRAP | PTRACE_EVENT_SECCOMP << 8))
		return TRACEE_SECCOMP;
	if (*ret_detail == (SIGTRAP | 0x80))
		return TRACEE_SYSCALL;
	return status >> 16 ? TRACEE_OTHER : TRACEE_SIGNAL;
}

/* Lets the child go on, with PTRACE_CONT or PTRACE_SYSCALL, and waits for its next stop.
 */
static inline enum tracee_stop tracee_next(pid_t pid, enum __ptrace_request how, int sig,
					   int *ret_detail)
{
	if (ptrace(how, pid, NULL, (uintptr_t)sig) != 0) {
		perror("ptrace");
		abort();
	}
	return tracee_wait(pid, ret_detail);
}

static inline void tracee_expect(pid_t pid, enum tracee_stop want)
{
	int detail;
	enum tracee_stop stop = tracee_wait(pid, &detail);

	if (stop != want) {
		printf("stop %d (%d) instead of %d\n", (int)stop, detail, (int)want);
		abort();
	}
}

static inline void tracee_to_entry(pid_t pid, const struct tracee *tracee)
{
	struct arch_call call = {.nr = -1};

	if (!tracee->by_syscall_stops) {
		tracee_expect(pid, TRACEE_SECCOMP);
		return;
	}
	do {
		if (ptrace(PTRACE_SYSCALL, pid, NULL, NULL) != 0)
			abort();
		tracee_expect(pid, TRACEE_SYSCALL);
	} while (arch_call_get(pid, &call) != 0 || call.nr != tracee->nr);
}

/* Starts the child and brings it to the entry of its call. It dies with the test. */
static inline pid_t tracee_start(const struct tracee *tracee)
{
	const uintptr_t options =
		PTRACE_O_TRACESECCOMP | PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL;
	int go[2];
	pid_t pid;

	if (pipe(go) != 0)
		abort();
	pid = fork();
	if (pid < 0)
		abort();
	if (pid == 0) {
		char byte;

		close(go[1]);
		if (read(go[0], &byte, 1) != 1)
			_exit(98);
		if (!tracee->by_syscall_stops)
			tracee_filter(tracee);
		_exit(tracee->body(tracee->arg));
	}
	close(go[0]);
	if (ptrace(PTRACE_SEIZE, pid, NULL, options) != 0)
		abort();
	if (tracee->by_syscall_stops) {
		if (ptrace(PTRACE_INTERRUPT, pid, NULL, NULL) != 0)
			abort();
		tracee_expect(pid, TRACEE_OTHER);
	}
	if (write(go[1], "x", 1) != 1)
		abort();
	close(go[1]);
	tracee_to_entry(pid, tracee);
	return pid;
}

/* Lets the child go on to its end; 1000 + signal when it was killed, -1 when it stopped.
 */
static inline int tracee_end(pid_t pid)
{
	int detail;

	if (tracee_next(pid, PTRACE_CONT, 0, &detail) == TRACEE_GONE)
		return detail;
	kill(pid, SIGKILL);
	while (tracee_wait(pid, &detail) != TRACEE_GONE)
		ptrace(PTRACE_CONT, pid, NULL, NULL);
	return -1;
}

static inline int64_t tracee_clock_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

#endif
