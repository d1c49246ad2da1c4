/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/uring_received.c - an io_uring received over AF_UNIX from outside
 *
 * attack:   the helper makes the ring and passes it by SCM_RIGHTS
 * expect:   silent control=none
 * event:    fd-passed-in
 * source:   engine.md "Ways round"
 * root:     no
 * helper:   yes
 */
#include "ring.h"

int main(int argc, char **argv)
{
	struct endpoint ep = door_target(argc, argv);
	struct outside outside = find_outside();
	struct ring ring = {.fd = -1};

	ring.fd = ask_outside(&outside, 'r', &ring.params, sizeof(ring.params));
	if (ring.fd < 0)
		skip("this kernel passes no io_uring over AF_UNIX");
	ring_map(&ring);
	ring_connect(&ring, &ep);
	return 0;
}
