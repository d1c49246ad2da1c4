/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/udp_connected_sendto.c - sendto(2) to ADDR on a socket that is connected
 * to 127.0.0.1
 *
 * attack:   a connected UDP socket still sends to any address it is given
 * expect:   silent control=reached
 * event:    -
 * family:   4 6
 * source:   udp(7)
 * root:     no
 */
#include "attack.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	int fd = open_udp(a.denied.sa.sa_family);

	told("connect", connect(fd, &a.allowed.sa, a.allowed.len));
	told("sendto", sendto(fd, "x", 1, 0, &a.denied.sa, a.denied.len));
	return 0;
}
