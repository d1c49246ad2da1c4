/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/unspec_dissolve_tcp.c - a TCP socket is dissolved by AF_UNSPEC and
 * connected again, to ADDR
 *
 * attack:   the allowed connection is reset and the same socket goes elsewhere
 * expect:   silent control=reached
 * event:    -
 * family:   4 6
 * source:   connect(2) AF_UNSPEC; net/ipv4/tcp.c tcp_disconnect
 * root:     no
 */
#include "attack.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	struct sockaddr none = {.sa_family = AF_UNSPEC};
	int fd = open_tcp(a.denied.sa.sa_family);

	told("connect", connect(fd, &a.allowed.sa, a.allowed.len));
	told("dissolve", connect(fd, &none, sizeof(none)));
	told("connect again", connect(fd, &a.denied.sa, a.denied.len));
	return 0;
}
