/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/exit_signal.c - dies by the signal whose number is its argument
 */
#include "victim.h"
#include <signal.h>
#include <sys/resource.h>

int main(int argc, char **argv)
{
	struct rlimit none = {0, 0};

	usage_unless(argc == 2, "exit_signal NUMBER");
	setrlimit(RLIMIT_CORE, &none);
	puts("dying");
	fflush(stdout);
	raise(atoi(argv[1]));
	puts("still here");
	return 0;
}
