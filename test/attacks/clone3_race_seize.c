/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/clone3_race_seize.c - a child without a tracer is seized by its parent
 *
 * attack:   a second thread sets CLONE_UNTRACED after the look; the parent seizes the child and
 *           continues it past the stops of netjail's filter
 * expect:   silent control=none
 * event:    clone-untraced
 * tries:    20000
 * source:   clone(2) CLONE_UNTRACED, ptrace(2) PTRACE_O_TRACESECCOMP
 * root:     no
 */
#include "clone3.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);

	return clone3_race(&a, false);
}
