/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/uring_inherited.c - an io_uring that was open before netjail started
 *
 * attack:   the ring's descriptor is inherited; the program maps it and submits a connect
 * expect:   silent control=none
 * event:    fd-passed-in
 * source:   engine.md "descriptors inherited"
 * root:     no
 * inherit:  ring
 */
#include "ring.h"

int main(int argc, char **argv)
{
	struct endpoint ep = door_target(argc, argv);
	struct ring ring = {.fd = -1};
	const char *hex = getenv("ATTACK_RING");

	if (!hex || !getenv("ATTACK_FD"))
		skip("no ring inherited (ATTACK_FD)");
	ring.fd = atoi(getenv("ATTACK_FD"));
	for (size_t i = 0; i < sizeof(ring.params); i++)
		sscanf(hex + i * 2, "%2hhx", (unsigned char *)&ring.params + i);
	ring_map(&ring);
	ring_connect(&ring, &ep);
	return 0;
}
