/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/unspec_dissolve_udp.c - a UDP socket is dissolved by AF_UNSPEC and
 * connected again, to ADDR
 *
 * attack:   the allowed connection is taken off the socket, which then goes elsewhere
 * expect:   silent control=reached
 * event:    -
 * family:   4 6
 * source:   connect(2) AF_UNSPEC
 * root:     no
 */
#include "attack.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	struct sockaddr none = {.sa_family = AF_UNSPEC};
	int fd = open_udp(a.denied.sa.sa_family);

	told("connect", connect(fd, &a.allowed.sa, a.allowed.len));
	told("dissolve", connect(fd, &none, sizeof(none)));
	told("connect again", connect(fd, &a.denied.sa, a.denied.len));
	told("send", send(fd, "x", 1, 0));
	return 0;
}
