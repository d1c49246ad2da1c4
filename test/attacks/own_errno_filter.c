/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/own_errno_filter.c - ordinary filters of the program's own stay
 *
 * attack:   a filter that answers EPERM for chroot, then another that allows all: then it connects
 * expect:   silent
 * event:    -
 * source:   seccomp(2): the strictest answer counts
 * root:     no
 */
#include "ownfilter.h"

int main(int argc, char **argv)
{
	struct endpoint ep = door_target(argc, argv);

	if (own_filter(SYS_chroot, SECCOMP_RET_ERRNO | EPERM, 0) < 0 ||
	    own_filter(SYS_connect, SECCOMP_RET_ALLOW, 0) < 0)
		die("seccomp");
	knock(&ep);
	return 0;
}
