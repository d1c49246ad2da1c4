/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/many_calls.c - datagrams and TCP connections in turn, until it is ended; a
 * datagram holds its number, from 0
 */
#include "victim.h"

int main(int argc, char **argv)
{
	struct endpoint ep;
	int udp;

	usage_unless(argc == 3, "many_calls ADDRESS PORT");
	ep = endpoint_from(argv[1], argv[2]);
	udp = socket_for(&ep, SOCK_DGRAM);
	for (uint32_t n = 0;; n++) {
		int tcp = socket_for(&ep, SOCK_STREAM);

		if (sendto(udp, &n, sizeof(n), 0, &ep.sa, ep.len) < 0)
			die("sendto");
		if (connect(tcp, &ep.sa, ep.len) < 0)
			die("connect");
		close(tcp);
	}
}
