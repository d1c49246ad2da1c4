/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/netns_unshare.c - a user and a network namespace of the program's own
 *
 * attack:   unshare(CLONE_NEWUSER|CLONE_NEWNET) gives an ordinary user a network with all rights in it
 * expect:   told-only control=none
 * event:    namespace
 * source:   unshare(2), user_namespaces(7)
 * root:     no
 */
#include <sched.h>

#include "door.h"

int main(int argc, char **argv)
{
	struct endpoint ep = door_target(argc, argv);

	saw("unshare", unshare(CLONE_NEWUSER | CLONE_NEWNET));
	knock(&ep);
	return 0;
}
