/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/connect_mprotect_flip.c - an address whose page is readable and
 * unreadable in turn
 *
 * attack:   a second thread calls mprotect: a look that fails with EFAULT may be followed
 *           by a call that does not
 * expect:   silent control=reached
 * event:    -
 * tries:    20000
 * source:   mprotect(2); engine.md "The rule that everything follows from"
 * root:     no
 */
#include "attack.h"

static void turn(void *state, int side)
{
	mprotect(state, 4096, side ? PROT_READ | PROT_WRITE : PROT_NONE);
}

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	struct endpoint *at = shared_pages(4096);
	struct flipper f;

	*at = a.denied;
	flip_calls(&f, turn, at);
	race_connect(&a, &at->sa, a.denied.len);
	flip_end(&f);
	return 0;
}
