/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/linger_hang.c - the last descriptor of a socket that lingers is netjail's
 *
 * attack:   a fast open to a listener that reads nothing blocks with SO_LINGER set, its
 *           process is killed: who closes the socket then waits, and all others with it
 * expect:   silent
 * event:    -
 * source:   net/ipv4/af_inet.c inet_release: a process that ends does not linger
 * root:     no
 */
#include "attack.h"

static void send_for_ever(const struct sockaddr_in *to)
{
	static char bytes[8 << 20];
	struct linger linger = {.l_onoff = 1, .l_linger = 3000};
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	setsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger));
	sendto(fd, bytes, sizeof(bytes), MSG_FASTOPEN, (const struct sockaddr *)to,
	       sizeof(*to));
	pause();
}

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	struct sockaddr_in at = {.sin_family = AF_INET,
				 .sin_addr = {htonl(INADDR_LOOPBACK)}};
	socklen_t len = sizeof(at);
	int listener = open_tcp(AF_INET);
	pid_t child;

	if (bind(listener, (struct sockaddr *)&at, len) < 0 || listen(listener, 5) < 0 ||
	    getsockname(listener, (struct sockaddr *)&at, &len) < 0)
		die("listen");
	child = fork();
	if (child == 0)
		send_for_ever(&at);
	usleep(300000);
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	told("connect", visit_once(&a.denied));
	return 0;
}
