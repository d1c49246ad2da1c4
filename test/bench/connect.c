/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/bench/connect.c - nanoseconds of N connects over loopback to a server that is not traced
 */
/* connect PORT N connects; connect PORT is the server, which ends with its parent. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static struct sockaddr_in address;

static void die(const char *what)
{
	perror(what);
	exit(1);
}

static long long now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000000000LL + ts.tv_nsec;
}

static void serve(void)
{
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	int one = 1;

	prctl(PR_SET_PDEATHSIG, SIGTERM);
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	if (bind(fd, (struct sockaddr *)&address, sizeof(address)) < 0 ||
	    listen(fd, 512) < 0)
		die("listen");
	puts("ready");
	fflush(stdout);
	for (;;)
		close(accept(fd, NULL, NULL));
}

/* A reset instead of a FIN: no connection stays in TIME_WAIT and keeps its port. */
static void visit(void)
{
	struct linger reset = {.l_onoff = 1};
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof(address)) < 0)
		die("connect");
	setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof(reset));
	close(fd);
}

int main(int argc, char **argv)
{
	long count = argc > 2 ? atol(argv[2]) : 0;
	long long start;

	if (argc < 2)
		return 2;
	address.sin_family = AF_INET;
	address.sin_port = htons((uint16_t)atoi(argv[1]));
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (argc == 2)
		serve();
	start = now();
	for (long i = 0; i < count; i++)
		visit();
	printf("%lld\n", now() - start);
	return 0;
}
