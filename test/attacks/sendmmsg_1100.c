/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/sendmmsg_1100.c - a batch of more messages than the kernel takes at once
 *
 * attack:   the kernel sends 1,024 of 1,100; the one numbered 1,023 is the first that
 *           goes to ADDR
 * expect:   silent control=reached
 * event:    -
 * source:   sendmmsg(2) UIO_MAXIOV; net/socket.c __sys_sendmmsg
 * root:     no
 */
#include "batch.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);

	send_batch(&a, 1100, 1023);
	return 0;
}
