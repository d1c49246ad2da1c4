/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/uring_send.c - io_uring sends a datagram
 *
 * attack:   IORING_OP_SEND with a destination
 * expect:   silent control=none
 * event:    io_uring-setup
 * source:   io_uring_enter(2)
 * root:     no
 */
#include "ring.h"

int main(int argc, char **argv)
{
	struct endpoint ep = door_target(argc, argv);
	struct ring ring = ring_open(0);
	struct io_uring_sqe sqe = {.opcode = IORING_OP_SEND,
				   .fd = socket(ep.sa.sa_family, SOCK_DGRAM, 0),
				   .addr = (uint64_t)(uintptr_t) "x",
				   .len = 1,
				   .addr2 = (uint64_t)(uintptr_t)&ep,
				   .addr_len = (uint16_t)ep.len};

	if (ring_run(&ring, &sqe) < 0)
		skip("IORING_OP_SEND with an address");
	return 0;
}
