/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/filter_exec_thread.c - a thread forbids itself sendto(2) by a seccomp
 * filter, and executes a program that connects
 */
#include "victim.h"
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

static void *replace(void *args)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_sendto, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EXDEV),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = {sizeof(code) / sizeof(*code), code};
	char **new_args = args;

	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) < 0)
		die("seccomp");
	execv(new_args[0], new_args);
	die("execv");
	return NULL;
}

int main(int argc, char **argv)
{
	pthread_t thread;

	usage_unless(argc > 1, "filter_exec_thread PROGRAM [ARG...]");
	pthread_create(&thread, NULL, replace, argv + 1);
	for (;;)
		pause();
}
