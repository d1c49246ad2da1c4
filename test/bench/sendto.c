/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/bench/sendto.c - nanoseconds of N datagrams over loopback, each with an address
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

static long long now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000000000LL + ts.tv_nsec;
}

/* The receiver's queue fills and the kernel drops the rest: only sending is timed. */
int main(int argc, char **argv)
{
	long count = argc > 1 ? atol(argv[1]) : 20000;
	struct sockaddr_in address = {.sin_family = AF_INET,
				      .sin_addr = {htonl(INADDR_LOOPBACK)}};
	socklen_t len = sizeof(address);
	int receiver = socket(AF_INET, SOCK_DGRAM, 0);
	int sender = socket(AF_INET, SOCK_DGRAM, 0);
	long long start;

	if (bind(receiver, (struct sockaddr *)&address, len) < 0 ||
	    getsockname(receiver, (struct sockaddr *)&address, &len) < 0)
		return 1;
	start = now();
	for (long i = 0; i < count; i++)
		if (sendto(sender, "datagram", 8, 0, (struct sockaddr *)&address, len) !=
		    8)
			return 1;
	printf("%lld\n", now() - start);
	return 0;
}
