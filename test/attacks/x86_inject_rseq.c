/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/x86_inject_rseq.c - a restartable sequence around the call that netjail
 * injects at
 *
 * attack:   rseq(2) leads the program elsewhere whenever it comes back from a stop to the
 *           instruction that netjail has it make calls of its own by; there it connects
 * expect:   silent control=none
 * event:    -
 * tries:    5
 * kernel:   6.10, mseal(2): before that nothing is injected
 * source:   rseq(2), tracer/inject.c
 * root:     no
 */
#include "sequence.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);

	sequence_begin();
	return inside_tries(&a, sequence_run);
}
