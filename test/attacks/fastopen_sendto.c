/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/fastopen_sendto.c - a connection that sendto(2) makes by MSG_FASTOPEN
 *
 * attack:   no connect(2) is ever called: the first data and the address come with one
 *           sendto
 * expect:   silent control=reached
 * event:    -
 * family:   4 6
 * source:   tcp(7) MSG_FASTOPEN; engine.md "Ways round"
 * root:     no
 */
#include "attack.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	int fd = open_tcp(a.denied.sa.sa_family);

	told("sendto", sendto(fd, "hi\n", 3, MSG_FASTOPEN, &a.denied.sa, a.denied.len));
	return 0;
}
