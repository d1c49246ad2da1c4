/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/tracer_prlimit.c - prlimit(2) at netjail
 *
 * attack:   no descriptors, no memory and no processor time for the tracer and its parent
 * expect:   silent control=none
 * event:    tracer-attacked
 * source:   prlimit(2)
 * root:     no
 */
#include <sys/resource.h>

#include "door.h"

static void strike(pid_t pid)
{
	static const int limits[] = {RLIMIT_NOFILE, RLIMIT_AS, RLIMIT_CPU};
	struct rlimit none = {0, 0};

	for (size_t i = 0; i < sizeof(limits) / sizeof(*limits); i++)
		saw("prlimit",
		    prlimit(pid, (enum __rlimit_resource)limits[i], &none, NULL));
}

int main(int argc, char **argv)
{
	struct endpoint ep = door_target(argc, argv);
	struct watchers watchers = find_watchers();

	for (int i = 0; i < watchers.count; i++)
		strike(watchers.pids[i]);
	end_standins(&watchers);
	knock(&ep);
	return 0;
}
