/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/waits.h - how an attack waits until it has been attached to
 */
#ifndef NETJAIL_TEST_ATTACK_WAITS_H
#define NETJAIL_TEST_ATTACK_WAITS_H

#include <signal.h>
#include <stdlib.h>

/* With ATTACK_WAITS set it stops before anything of it runs, so that a tracer can attach; the
 * programs that it executes do not. */
__attribute__((constructor)) static void wait_for_tracer(void)
{
	if (!getenv("ATTACK_WAITS"))
		return;
	unsetenv("ATTACK_WAITS");
	raise(SIGSTOP);
}

/* What takes longer hangs; an emulated machine has a larger LIMIT. */
static inline unsigned hang_seconds(void)
{
	const char *limit = getenv("LIMIT");

	return limit ? (unsigned)atoi(limit) / 2 : 50;
}

#endif
