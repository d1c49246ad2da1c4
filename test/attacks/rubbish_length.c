/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/rubbish_length.c - rubbish in the upper half of the length of the address
 *
 * attack:   the length is an int: with the upper half it is huge to who reads 64 bits
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
	long tcp = open_tcp(a.denied.sa.sa_family), udp = open_udp(a.denied.sa.sa_family);

	told("connect", syscall(SYS_connect, tcp, &a.denied.v6, RUBBISH | a.denied.len));
	told("sendto",
	     syscall(SYS_sendto, udp, "x", 1ul, 0, &a.denied.v6, RUBBISH | a.denied.len));
	return 0;
}
