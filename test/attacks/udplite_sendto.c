/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/udplite_sendto.c - a datagram of protocol UDP-Lite
 *
 * attack:   a datagram socket that is no UDP socket
 * expect:   silent control=reached
 * event:    -
 * family:   4 6
 * source:   udplite(7)
 * root:     no
 */
#include "attack.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	int fd = open_socket(a.denied.sa.sa_family, SOCK_DGRAM, 136);

	told("sendto", sendto(fd, "x", 1, 0, &a.denied.sa, a.denied.len));
	return 0;
}
