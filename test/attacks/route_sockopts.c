/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/route_sockopts.c - socket options that choose the way of a packet
 *
 * attack:   SO_BINDTODEVICE, IP_UNICAST_IF, SO_MARK, IP_TRANSPARENT, SO_DONTROUTE; then a connection
 * expect:   silent
 * event:    route-bend
 * source:   socket(7), ip(7)
 * root:     yes
 */
#include "door.h"

#ifndef IP_UNICAST_IF
#define IP_UNICAST_IF 50
#endif

int main(int argc, char **argv)
{
	struct endpoint ep = door_target(argc, argv);
	int fd = socket(AF_INET, SOCK_STREAM, 0), one = 1, index = (int)htonl(1);

	saw("SO_BINDTODEVICE", setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, "lo", 3));
	saw("SO_MARK", setsockopt(fd, SOL_SOCKET, SO_MARK, &one, sizeof(one)));
	saw("IP_TRANSPARENT",
	    setsockopt(fd, IPPROTO_IP, IP_TRANSPARENT, &one, sizeof(one)));
	saw("IP_UNICAST_IF",
	    setsockopt(fd, IPPROTO_IP, IP_UNICAST_IF, &index, sizeof(index)));
	saw("connect", connect(fd, &ep.sa, ep.len));
	return 0;
}
