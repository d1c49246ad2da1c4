/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/route_lsrr.c - a loose source route of IPv4: the first hop is ADDR
 *
 * attack:   IP_OPTIONS with LSRR over ADDR; the datagram itself is for 127.0.0.1, which is allowed
 * expect:   silent control=none
 * event:    route-bend
 * source:   ip(7) IP_OPTIONS, RFC 791, net/ipv4/ip_options.c
 * root:     yes
 * records:  packet ADDR
 */
#include "source_route.h"

#define IPOPT_ROUTE 131 /* LSRR, RFC 791 */

int main(int argc, char **argv)
{
	return send_over(argc, argv, IPOPT_ROUTE);
}
