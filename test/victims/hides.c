/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/hides.c - has what an attach cannot see: an io_uring, and a seccomp filter
 * of its own (which allows everything). "no io_uring" where the kernel gives none.
 */
#include "victim.h"
#include <linux/filter.h>
#include <linux/io_uring.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

int main(void)
{
	struct sock_filter allow = BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	struct sock_fprog program = {1, &allow};
	struct io_uring_params params;

	memset(&params, 0, sizeof(params));
	if (syscall(SYS_io_uring_setup, 1, &params) < 0)
		puts("no io_uring");
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
	    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0)
		die("seccomp");
	puts("ready");
	fflush(stdout);
	for (;;)
		pause();
}
