/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/uring_sendmsg.c - io_uring sends a datagram
 *
 * attack:   IORING_OP_SENDMSG with a destination
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
	struct iovec span = {(char[]){"x"}, 1};
	struct msghdr message = {.msg_name = &ep.sa,
				 .msg_namelen = ep.len,
				 .msg_iov = &span,
				 .msg_iovlen = 1};
	struct io_uring_sqe sqe = {.opcode = IORING_OP_SENDMSG,
				   .fd = socket(ep.sa.sa_family, SOCK_DGRAM, 0),
				   .addr = (uint64_t)(uintptr_t)&message,
				   .len = 1};

	ring_run(&ring, &sqe);
	return 0;
}
