/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/inherited_udp.c - a connected datagram socket that was open before netjail started
 *
 * attack:   write(2) on the inherited descriptor names no destination
 * expect:   silent control=none
 * event:    fd-passed-in
 * source:   engine.md "descriptors inherited"
 * root:     no
 * inherit:  udp
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
