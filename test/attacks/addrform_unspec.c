/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/addrform_unspec.c - an IPv6 socket becomes an IPv4 one while its datagram is sent
 *
 * attack:   AF_UNSPEC is no address to UDP over IPv6, and an IPv4 end to UDP over IPv4: a
 *           second thread makes the one socket the other by IPV6_ADDRFORM
 * expect:   silent control=reached
 * event:    -
 * tries:    20000
 * source:   net/ipv6/ipv6_sockglue.c IPV6_ADDRFORM; net/ipv6/udp.c udpv6_sendmsg
 * root:     no
 */
#include "attack.h"

static volatile int sock = -1, stop;

static void *convert(void *unused)
{
	int v4 = AF_INET, last = -1;

	while (!stop) {
		int fd = sock;

		if (fd < 0 || fd == last)
			continue;
		pause_for(rand() % 12000);
		setsockopt(fd, IPPROTO_IPV6, IPV6_ADDRFORM, &v4, sizeof(v4));
		last = fd;
	}
	return unused;
}

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	struct endpoint peer = mapped(&a.allowed);
	struct tally t = {0};
	pthread_t thread;

	a.denied.sa.sa_family = AF_UNSPEC;
	if (pthread_create(&thread, NULL, convert, NULL))
		die("pthread_create");
	for (int i = 0; i < a.tries; i++) {
		/* Two numbers in turn: the other thread sees that it is a new one. */
		int made = open_udp(AF_INET6), fd = dup2(made, 100 + i % 2);

		if (connect(fd, &peer.sa, peer.len) < 0)
			lacks("connect");
		sock = fd;
		pause_for(rand() % 2000);
		tally_add(&t,
			  sendto(fd, "x", 1, MSG_DONTWAIT, &a.denied.sa, a.denied.len));
		close(made);
	}
	stop = 1;
	pthread_join(thread, NULL);
	return tally_end(&t);
}
