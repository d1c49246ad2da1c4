/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/restart_handler.c - a signal handler changes all there is before an
 * interrupted connect(2) is restarted
 *
 * attack:   connect waits for a full listener; the handler (SA_RESTART) puts a new socket
 *           and ADDR in place; the restarted call has the same registers
 * expect:   silent control=reached
 * event:    -
 * source:   signal(7) "Interruption of system calls"; engine.md "Paths at the stop"
 * root:     no
 */
#include "attack.h"

static struct endpoint at;
static struct attack a;
static int fd;

static void on_alarm(int sig)
{
	(void)sig;
	at = a.denied;
	dup2(open_tcp(at.sa.sa_family), fd);
}

/* A listener whose queue is full: a connection to it waits. */
static struct endpoint full_listener(void)
{
	struct endpoint ep = a.allowed;
	socklen_t len = sizeof(ep.v6);
	int listener = open_tcp(ep.sa.sa_family);

	ep.v4.sin_port = 0;
	if (bind(listener, &ep.sa, ep.len) < 0 || listen(listener, 0) < 0)
		die("listen");
	getsockname(listener, &ep.sa, &len);
	for (int i = 0; i < 3; i++) {
		int filler = open_tcp(ep.sa.sa_family);

		fcntl(filler, F_SETFL, O_NONBLOCK);
		connect(filler, &ep.sa, ep.len);
	}
	return ep;
}

int main(int argc, char **argv)
{
	struct sigaction action = {.sa_handler = on_alarm, .sa_flags = SA_RESTART};

	a = attack_from(argc, argv);
	at = full_listener();
	fd = socket(at.sa.sa_family, SOCK_STREAM, 0);
	sigaction(SIGALRM, &action, NULL);
	/* After two seconds, so that the waiting is not over in a busy machine. */
	alarm(2);
	told("connect", connect(fd, &at.sa, at.len));
	return 0;
}
