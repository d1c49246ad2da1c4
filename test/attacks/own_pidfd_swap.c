/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/own_pidfd_swap.c - the same exchange by a program with a seccomp filter of its own
 *
 * attack:   tracer_pidfd_swap under a filter that allows all but chroot: an attached netjail lets
 *           such a program make its calls itself
 * expect:   silent control=none
 * event:    tracer-attacked
 * tries:    20000
 * source:   pidfd_send_signal(2), seccomp(2)
 * root:     no
 */
#include "ownfilter.h"
#include "pidfd_swap.h"

int main(int argc, char **argv)
{
	struct endpoint ep = door_target(argc, argv);

	if (own_filter(SYS_chroot, SECCOMP_RET_ERRNO | EPERM, 0) < 0)
		die("seccomp");
	return pidfd_swap(&ep, door_tries(argc, argv, 2000));
}
