/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/dccp_connect.c - a connection of protocol DCCP
 *
 * attack:   a socket of DCCP is no TCP socket to who asks for its protocol
 * expect:   silent control=reached
 * event:    -
 * family:   4 6
 * source:   socket(2); include/uapi/linux/in.h
 * root:     no
 */
#include "attack.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	int fd = open_socket(a.denied.sa.sa_family, 6, 33);

	told("connect", connect(fd, &a.denied.sa, a.denied.len));
	return 0;
}
