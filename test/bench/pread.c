/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/bench/pread.c - nanoseconds of N reads of 16 bytes from a file in memory
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
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
	char bytes[16] = {0};
	int fd = memfd_create("pread", 0);
	long count = argc > 1 ? atol(argv[1]) : 1000000;
	long long start;

	if (fd < 0 || write(fd, bytes, sizeof(bytes)) != sizeof(bytes))
		return 1;
	start = now();

	for (long i = 0; i < count; i++)
		if (pread(fd, bytes, sizeof(bytes), 0) != sizeof(bytes))
			return 1;
	printf("%lld\n", now() - start);
	return 0;
}
