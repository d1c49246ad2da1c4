/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/output_flood.c - calls while netjail's output does not drain
 *
 * attack:   2,000 refused and allowed sends fill the pipe of the trace; then it connects
 * expect:   silent
 * event:    -
 * source:   issue: a slow reader of the output cannot make it skip a verdict
 * root:     no
 * output:   fifo
 */
#include "door.h"

int main(int argc, char **argv)
{
	struct endpoint ep = door_target(argc, argv);
	struct endpoint near =
		endpoint_from(ep.sa.sa_family == AF_INET ? "127.0.0.1" : "::1", argv[2]);
	int fd = socket(ep.sa.sa_family, SOCK_DGRAM, 0);

	for (int i = 0; i < 2000; i++) {
		const struct endpoint *to = i % 2 ? &near : &ep;

		sendto(fd, "x", 1, MSG_DONTWAIT, &to->sa, to->len);
	}
	knock(&ep);
	return 0;
}
