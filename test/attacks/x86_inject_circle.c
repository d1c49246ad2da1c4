/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/x86_inject_circle.c - a call that netjail has a program make never comes
 *
 * attack:   rseq(2) leads a child in a circle when it comes back to the instruction that
 *           netjail has it make calls of its own by; netjail waits, and all others with it
 * expect:   silent control=none
 * event:    -
 * tries:    1
 * kernel:   6.10, mseal(2): before that nothing is injected
 * source:   rseq(2), tracer/inject.c
 * root:     no
 */
#include "sequence.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);

	sequence_begin();
	sequence_circles = tracer_pid() != 0;
	inside_tries(&a, sequence_run);
	told("connect", visit_once(&a.denied));
	return 0;
}
