/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/fastopen_connect.c - a connection that is made by write(2), by
 * TCP_FASTOPEN_CONNECT
 *
 * attack:   connect(2) only notes the address; the connection is made by the first write
 * expect:   silent control=reached
 * event:    -
 * family:   4 6
 * source:   tcp(7); net/ipv4/tcp_fastopen.c tcp_fastopen_defer_connect
 * root:     no
 */
#include "attack.h"
#include <netinet/tcp.h>

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	int fd = open_tcp(a.denied.sa.sa_family);
	int one = 1;

	if (setsockopt(fd, IPPROTO_TCP, TCP_FASTOPEN_CONNECT, &one, sizeof(one)) < 0)
		lacks("TCP_FASTOPEN_CONNECT");
	told("connect", connect(fd, &a.denied.sa, a.denied.len));
	told("write", write(fd, "hi\n", 3));
	return 0;
}
