/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/user_dispatch.c - connect(2) from the handler of a dispatched call
 *
 * attack:   syscall user dispatch sends connect to SIGSYS; the handler makes it with the gate open
 * expect:   silent
 * event:    -
 * source:   prctl(2) PR_SET_SYSCALL_USER_DISPATCH
 * root:     no
 */
#include <sys/prctl.h>

#include "door.h"

#ifndef PR_SET_SYSCALL_USER_DISPATCH
#define PR_SET_SYSCALL_USER_DISPATCH 59
#define PR_SYS_DISPATCH_ON           1
#endif

static volatile char selector;
static struct endpoint target;

static void on_sigsys(int sig)
{
	(void)sig;
	selector = 0;
	knock(&target);
}

int main(int argc, char **argv)
{
	target = door_target(argc, argv);
	signal(SIGSYS, on_sigsys);
	if (prctl(PR_SET_SYSCALL_USER_DISPATCH, PR_SYS_DISPATCH_ON, 0, 0, &selector) < 0)
		skip("syscall user dispatch");
	selector = 1;
	getppid();
	return 0;
}
