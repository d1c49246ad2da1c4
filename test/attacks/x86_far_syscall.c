/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/x86_far_syscall.c - a 64-bit program jumps into 32-bit code and uses
 * SYSCALL there
 *
 * attack:   SYSCALL in compatibility mode enters the kernel by another gate than int 0x80
 *           (AMD processors only)
 * expect:   silent control=reached
 * event:    compat-syscall
 * source:   arch/x86/entry/entry_64_compat.S entry_SYSCALL_compat, common.c
 *           do_fast_syscall_32
 * root:     no
 */
#include "compat.h"

/* mov %ecx, %ebp; syscall; lret */
static const unsigned char code[] = {0x89, 0xcd, 0x0f, 0x05, 0xcb};

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	char *pages = low_pages();
	struct endpoint *at = (struct endpoint *)(pages + 4096);
	int fd = open_tcp(a.denied.sa.sa_family);
	long args[3] = {fd, low(&at->v6), a.denied.len};
	int status = 0;
	pid_t child = fork();

	if (child > 0) {
		waitpid(child, &status, 0);
		errno = ENOSYS;
		if (WIFSIGNALED(status) && WTERMSIG(status) == SIGILL)
			lacks("SYSCALL in 32-bit code");
		return 0;
	}
	/* The call is made; it returns to a 32-bit vdso, which is not there. */
	memcpy(pages, code, sizeof(code));
	*at = a.denied;
	printf("connect: %ld\n", far_call(pages, 0x23, 362, args));
	return 0;
}
