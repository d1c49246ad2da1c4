/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/sctp_connect.c - a connection of protocol SCTP
 *
 * attack:   a socket of SCTP is no TCP socket to who asks for its protocol
 * expect:   silent control=reached
 * event:    -
 * rule:     allow 203.0.113.8/sctp
 * rule:     allow [2001:db8::8]/sctp
 * family:   4 6
 * source:   socket(2); include/uapi/linux/in.h
 * root:     no
 */
#include "attack.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	int fd = open_socket(a.denied.sa.sa_family, SOCK_STREAM, 132);

	told("connect", connect(fd, &a.denied.sa, a.denied.len));
	return 0;
}
