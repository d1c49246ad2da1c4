/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/udp_reconnect.c - a UDP socket that is connected again, to ADDR
 *
 * attack:   connected to 127.0.0.1 first; a second connect needs no new socket
 * expect:   silent control=reached
 * event:    -
 * family:   4 6
 * records:  (tcp|udp) ADDR
 * source:   udp(7); connect(2)
 * root:     no
 */
#include "attack.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	int fd = open_udp(a.denied.sa.sa_family);

	told("connect", connect(fd, &a.allowed.sa, a.allowed.len));
	told("connect again", connect(fd, &a.denied.sa, a.denied.len));
	told("send", send(fd, "x", 1, 0));
	return 0;
}
