/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/rubbish_flags.c - rubbish in the upper half of the flags of a send
 *
 * attack:   the flags are 32 bits: MSG_FASTOPEN among rubbish still makes a connection
 * expect:   silent control=reached
 * event:    -
 * family:   4 6
 * source:   include/linux/syscalls.h __SC_CAST; tcp(7) MSG_FASTOPEN
 * root:     no
 */
#include "attack.h"

#define RUBBISH 0xdeadbeef00000000ul

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	long tcp = open_tcp(a.denied.sa.sa_family), udp = open_udp(a.denied.sa.sa_family);

	told("sendto", syscall(SYS_sendto, tcp, "x", 1ul, RUBBISH | MSG_FASTOPEN,
			       &a.denied.v6, (long)a.denied.len));
	told("sendto", syscall(SYS_sendto, udp, "x", 1ul, RUBBISH, &a.denied.v6,
			       (long)a.denied.len));
	return 0;
}
