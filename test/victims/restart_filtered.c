/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/restart_filtered.c - sleeps under a seccomp filter that knows no restart_syscall(2)
 *
 * usage: restart_filtered kill|refuse
 * Prints "ready", sleeps for a second each by clock_nanosleep(2) and futex(2), and prints how
 * those ended: "slept" and "timed out" is what happens alone. A call that is not of its list kills
 * it, or fails with EPERM.
 */
#include <errno.h>
#include <linux/filter.h>
#include <linux/futex.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define DENY(nr, action)                                                                 \
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, nr, 0, 1), BPF_STMT(BPF_RET | BPF_K, action)

static int forbid(unsigned action)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		DENY(SYS_restart_syscall, action),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = {sizeof(code) / sizeof(code[0]), code};

	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	       prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

int main(int argc, char **argv)
{
	struct timespec limit = {.tv_sec = 1};
	int word = 0;

	if (argc < 2 || !forbid(strcmp(argv[1], "kill") == 0 ? SECCOMP_RET_KILL_PROCESS
							     : SECCOMP_RET_ERRNO | EPERM))
		return 1;
	puts("ready");
	fflush(stdout);
	puts(syscall(SYS_clock_nanosleep, CLOCK_MONOTONIC, 0, &limit, NULL) == 0
		     ? "slept"
		     : strerror(errno));
	fflush(stdout);
	puts(syscall(SYS_futex, &word, FUTEX_WAIT, 0, &limit, NULL, 0) < 0 &&
			     errno == ETIMEDOUT
		     ? "timed out"
		     : strerror(errno));
	return 0;
}
