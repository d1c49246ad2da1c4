/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/flip_blocking.c - connects non-blocking to who does not answer, while a
 * thread makes the sockets blocking and non-blocking; SIGALRM ends a wait
 */
#include "victim.h"
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/ioctl.h>

static atomic_int sock = -1;
static atomic_bool ended;

static void on_alarm(int sig)
{
	(void)sig;
}

static void *flip(void *unused)
{
	for (int on = 0; !ended; on = !on)
		ioctl(sock, FIONBIO, &on);
	return unused;
}

int main(int argc, char **argv)
{
	struct sigaction action = {.sa_handler = on_alarm};
	struct itimerval often = {.it_value.tv_usec = 5000, .it_interval.tv_usec = 5000};
	int connected = 0;
	struct endpoint ep;
	sigset_t alarms;
	pthread_t flipper;

	usage_unless(argc == 4, "flip_blocking ADDRESS PORT TRIES");
	ep = endpoint_from(argv[1], argv[2]);
	sigemptyset(&alarms);
	sigaddset(&alarms, SIGALRM);
	pthread_sigmask(SIG_BLOCK, &alarms, NULL);
	if (pthread_create(&flipper, NULL, flip, NULL) != 0)
		die("pthread_create");
	pthread_sigmask(SIG_UNBLOCK, &alarms, NULL);
	sigaction(SIGALRM, &action, NULL);
	setitimer(ITIMER_REAL, &often, NULL);
	for (int i = 0; i < atoi(argv[3]); i++) {
		sock = socket_for(&ep, SOCK_STREAM | SOCK_NONBLOCK);
		connected += connect(sock, &ep.sa, ep.len) == 0;
		close(sock);
	}
	ended = 1;
	pthread_join(flipper, NULL);
	printf("%d connected\n", connected);
	return 0;
}
