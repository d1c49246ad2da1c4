/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/uring_connect.c - io_uring makes the socket and connects it
 *
 * attack:   IORING_OP_SOCKET and IORING_OP_CONNECT: no system call names the address
 * expect:   silent control=none
 * event:    io_uring-setup
 * source:   engine.md "Ways round", io_uring_enter(2)
 * root:     no
 */
#include "ring.h"

int main(int argc, char **argv)
{
	struct endpoint ep = door_target(argc, argv);
	struct ring ring = ring_open(0);

	ring_connect(&ring, &ep);
	return 0;
}
