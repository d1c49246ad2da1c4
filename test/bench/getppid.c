/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/bench/getppid.c - nanoseconds of N system calls that no rule is about
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static long long now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000000000LL + ts.tv_nsec;
}

int main(int argc, char **argv)
{
	long count = argc > 1 ? atol(argv[1]) : 1000000;
	long long start = now();

	for (long i = 0; i < count; i++)
		syscall(SYS_getppid);
	printf("%lld\n", now() - start);
	return 0;
}
