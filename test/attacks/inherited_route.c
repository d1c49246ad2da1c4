/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/inherited_route.c - an inherited datagram socket with a source route
 *
 * attack:   IP_OPTIONS or IPV6_RTHDR set before netjail started: the datagram is for this host,
 *           and goes over ADDR
 * expect:   silent control=none
 * event:    fd-passed-in
 * source:   RFC 791, RFC 8754; net/ipv6/exthdrs.c fl6_update_dst
 * root:     no
 * family:   4 6
 * inherit:  route
 */
#include "door.h"

int main(int argc, char **argv)
{
	const char *number = getenv("ATTACK_FD");
	struct endpoint to;

	door_target(argc, argv);
	if (!number)
		skip("nothing inherited (ATTACK_FD)");
	to = endpoint_from(strchr(argv[1], ':') ? "::1" : "127.0.0.1", argv[2]);
	saw("send", sendto(atoi(number), "x", 1, 0, &to.sa, to.len));
	return 0;
}
