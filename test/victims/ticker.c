/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/ticker.c - prints a number every 20 ms, for at most a minute: shows
 * whether it is stopped
 */
#include "victim.h"

int main(void)
{
	for (int i = 0; i < 3000; i++) {
		printf("tick %d\n", i);
		fflush(stdout);
		usleep(20000);
	}
	return 0;
}
