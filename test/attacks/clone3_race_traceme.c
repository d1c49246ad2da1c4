/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/clone3_race_traceme.c - a child without a tracer asks its parent to be one
 *
 * attack:   a second thread sets CLONE_UNTRACED after the look; the child calls PTRACE_TRACEME, and
 *           the parent continues it past the stops of netjail's filter
 * expect:   silent control=none
 * event:    clone-untraced
 * tries:    20000
 * source:   clone(2) CLONE_UNTRACED, ptrace(2) PTRACE_TRACEME
 * root:     no
 */
#include "clone3.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);

	return clone3_race(&a, true);
}
