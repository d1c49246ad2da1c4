/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/inherited_fastopen.c - an inherited stream whose connection begins with its first byte
 *
 * attack:   TCP_FASTOPEN_CONNECT before netjail started: connect(2) has returned, write(2)
 *           sends the SYN; getpeername(2) names no peer yet
 * expect:   silent control=none
 * event:    fd-passed-in
 * source:   tcp(7) TCP_FASTOPEN_CONNECT; net/ipv4/tcp_fastopen.c tcp_fastopen_defer_connect
 * root:     no
 * inherit:  fastopen
 */
#include "door.h"

int main(int argc, char **argv)
{
	const char *number = getenv("ATTACK_FD");

	door_target(argc, argv);
	if (!number)
		skip("nothing inherited (ATTACK_FD)");
	saw("write", write(atoi(number), "x", 1));
	return 0;
}
