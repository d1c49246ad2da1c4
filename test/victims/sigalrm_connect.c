/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/sigalrm_connect.c - SIGALRM arrives while connect waits, with or without
 * SA_RESTART
 */
#include "victim.h"
#include <signal.h>
#include <stdbool.h>

static volatile sig_atomic_t alarms;
static pid_t listener;

/* The third alarm lets the listener accept, so that a restarted connect can end. */
static void on_alarm(int sig)
{
	(void)sig;
	if (++alarms == 3)
		kill(listener, SIGUSR1);
}

int main(int argc, char **argv)
{
	struct itimerval every = {{0, 100000}, {0, 100000}};
	struct itimerval never = {0};
	struct sigaction action = {.sa_handler = on_alarm};
	struct endpoint ep;
	bool restart;
	int rc, fd;

	usage_unless(argc == 5,
		     "sigalrm_connect ADDRESS PORT restart|interrupt LISTENER");
	restart = strcmp(argv[3], "restart") == 0;
	ep = endpoint_from(argv[1], argv[2]);
	listener = (pid_t)atoi(argv[4]);
	action.sa_flags = restart ? SA_RESTART : 0;
	sigaction(SIGALRM, &action, NULL);
	fd = socket_for(&ep, SOCK_STREAM);
	setitimer(ITIMER_REAL, &every, NULL);
	rc = connect(fd, &ep.sa, ep.len);
	setitimer(ITIMER_REAL, &never, NULL);
	printf("connect: %s\n", rc < 0 ? strerror(errno) : "Success");
	/* On a busy machine more may come before the timer is off. */
	printf("alarms: %s\n", alarms >= (restart ? 3 : 1) ? "enough" : "too few");
	/* The connection goes on without us: a second call waits for it or finds it made. */
	kill(listener, SIGUSR1);
	rc = connect(fd, &ep.sa, ep.len);
	printf("again: %s\n", rc < 0 ? strerror(errno) : "Success");
	return 0;
}
