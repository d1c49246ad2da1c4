/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/outside_vm_writev.c - process_vm_writev(2) changes a process outside
 *
 * attack:   the address and the byte that starts a connection are written into the helper
 * expect:   silent control=none
 * event:    ptrace-outside
 * source:   process_vm_writev(2)
 * root:     no
 * helper:   yes
 */
#include <sys/uio.h>

#include "door.h"

int main(int argc, char **argv)
{
	struct endpoint ep = door_target(argc, argv);
	struct outside outside = find_outside();
	unsigned char one = 1;
	struct iovec local[2] = {{&ep, sizeof(ep)}, {&one, 1}};
	struct iovec remote[2] = {{(void *)outside.target, sizeof(ep)},
				  {(void *)outside.go, 1}};

	saw("write", process_vm_writev(outside.pid, local, 2, remote, 2, 0));
	wait_for_outside();
	return 0;
}
