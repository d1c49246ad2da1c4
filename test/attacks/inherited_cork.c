/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/inherited_cork.c - an inherited datagram socket that has begun a datagram
 *
 * attack:   sendto(2) with MSG_MORE before netjail started: write(2) adds to that datagram and
 *           sends it; getpeername(2) names no peer
 * expect:   silent control=none
 * event:    fd-passed-in
 * source:   net/ipv4/udp.c udp_sendmsg, up->pending
 * root:     no
 * family:   4 6
 * inherit:  cork
 */
#include "door.h"

int main(int argc, char **argv)
{
	const char *number = getenv("ATTACK_FD");

	door_target(argc, argv);
	if (!number)
		skip("nothing inherited (ATTACK_FD)");
	saw("write", write(atoi(number), "added", 5));
	return 0;
}
