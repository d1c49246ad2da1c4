/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/not_dumpable.c - a program that is not dumpable
 *
 * attack:   prctl(PR_SET_DUMPABLE, 0), by its plain number and with rubbish above, then connect
 * expect:   silent
 * event:    -
 * source:   prctl(2), ptrace(2) "access mode"
 * root:     no
 */
#include <sys/prctl.h>

#include "door.h"

int main(int argc, char **argv)
{
	struct endpoint ep = door_target(argc, argv);

	saw("prctl", prctl(PR_SET_DUMPABLE, 0, 0, 0, 0));
	saw("prctl",
	    syscall(SYS_prctl, 0xffffffff00000000UL | PR_SET_DUMPABLE, 0UL, 0, 0, 0));
	printf("dumpable: %d\n", prctl(PR_GET_DUMPABLE));
	knock(&ep);
	return 0;
}
