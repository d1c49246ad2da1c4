/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/rubbish_fd.c - rubbish in the upper half of the descriptor
 *
 * attack:   a descriptor is an int: the kernel ignores the upper half of its register
 * expect:   silent control=reached
 * event:    -
 * family:   4 6
 * source:   include/linux/syscalls.h __SC_CAST; connect(2)
 * root:     no
 */
#include "attack.h"

#define RUBBISH 0xdeadbeef00000000ul

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	unsigned long tcp = RUBBISH | (unsigned)open_tcp(a.denied.sa.sa_family);
	unsigned long udp = RUBBISH | (unsigned)open_udp(a.denied.sa.sa_family);

	told("connect", syscall(SYS_connect, tcp, &a.denied.v6, a.denied.len));
	told("sendto", syscall(SYS_sendto, udp, "x", 1ul, 0, &a.denied.v6, a.denied.len));
	return 0;
}
