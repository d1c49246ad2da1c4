/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/swap.h - one descriptor number that names now one socket, now another
 */
#ifndef NETJAIL_TEST_SWAP_H
#define NETJAIL_TEST_SWAP_H

#include "attack.h"

#define SLOT 100

static int fds[2];

/* For flip_calls. */
static inline void turn(void *unused, int side)
{
	(void)unused;
	dup2(fds[side], SLOT);
}

#endif
