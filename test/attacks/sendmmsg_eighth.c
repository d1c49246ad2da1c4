/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/sendmmsg_eighth.c - a batch of which the eighth message goes to ADDR
 *
 * attack:   all others go to 127.0.0.1: who looks at the first message alone lets the
 *           batch go
 * expect:   silent control=reached
 * event:    -
 * family:   4 6
 * source:   sendmmsg(2)
 * root:     no
 */
#include "batch.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);

	send_batch(&a, 8, 7);
	return 0;
}
