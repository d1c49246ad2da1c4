/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/x86_int80_own_clone3.c - a refused clone3 that makes an untraced child all the same
 *
 * attack:   under a seccomp filter of the program's own, by int 0x80, with memory at 0xffffffff: a
 *           bad pointer to a 32-bit program is a good one to a 64-bit one
 * expect:   silent control=none
 * event:    clone-untraced
 * source:   clone3(2) CLONE_UNTRACED, kernel/fork.c copy_clone_args_from_user
 * root:     no
 */
#include <linux/sched.h>

#include "compat.h"
#include "ownfilter.h"

#define CLONE3 435
#define TOP    0xfffff000ul

int main(int argc, char **argv)
{
	struct endpoint ep = door_target(argc, argv);
	struct clone_args args = {.flags = CLONE_UNTRACED, .exit_signal = SIGCHLD};
	char *top = mmap((void *)TOP, 8192, PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
	char *pages = low_pages();
	long pid;

	if (top == MAP_FAILED || (uintptr_t)top != TOP)
		skip("mmap");
	memcpy(top + 4095, &args, CLONE_ARGS_SIZE_VER0);
	memcpy(pages, &args, CLONE_ARGS_SIZE_VER0);
	if (own_filter(SYS_chroot, SECCOMP_RET_ERRNO | EPERM, 0) < 0)
		die("seccomp");
	pid = int80(CLONE3, low(pages), CLONE_ARGS_SIZE_VER0, 0);
	if (pid == 0) {
		knock(&ep);
		_exit(0);
	}
	printf("clone3: %ld\n", pid);
	while (wait(NULL) > 0)
		;
	return 0;
}
