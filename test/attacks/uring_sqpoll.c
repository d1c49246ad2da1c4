/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/uring_sqpoll.c - a kernel thread of io_uring connects
 *
 * attack:   IORING_SETUP_SQPOLL: the submission needs no call at all
 * expect:   silent control=none
 * event:    io_uring-setup
 * source:   io_uring_setup(2) IORING_SETUP_SQPOLL
 * root:     no
 */
#include "ring.h"

int main(int argc, char **argv)
{
	struct endpoint ep = door_target(argc, argv);
	struct ring ring = ring_open(IORING_SETUP_SQPOLL);

	ring_connect(&ring, &ep);
	return 0;
}
