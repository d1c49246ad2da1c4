/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/route_ioctls.c - a route and an address by ioctl(2)
 *
 * attack:   SIOCSIFADDR gives lo:x the address 203.0.113.99, SIOCADDRT routes 203.0.113.98
 *           over lo: what is for others comes to this host
 * expect:   silent control=none
 * event:    route-bend
 * witness:  output
 * source:   netdevice(7), rtnetlink(7)
 * root:     yes
 */
#include <net/if.h>
#include <net/route.h>
#include <sys/ioctl.h>

#include "door.h"

static void set_address(struct sockaddr *address, const char *text)
{
	struct endpoint ep = endpoint_from(text, "0");

	memcpy(address, &ep.v4, sizeof(ep.v4));
}

int main(int argc, char **argv)
{
	struct ifreq request = {.ifr_name = "lo:x"};
	struct rtentry route = {.rt_flags = RTF_UP | RTF_HOST, .rt_dev = (char[]){"lo"}};
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	door_target(argc, argv);
	set_address(&request.ifr_addr, "203.0.113.99");
	set_address(&route.rt_dst, "203.0.113.98");
	if (ioctl(fd, SIOCSIFADDR, &request) == 0)
		puts("leak: an address");
	if (ioctl(fd, SIOCADDRT, &route) == 0)
		puts("leak: a route");
	ioctl(fd, SIOCDELRT, &route);
	request.ifr_flags = 0; /* takes the address away again */
	ioctl(fd, SIOCSIFFLAGS, &request);
	return 0;
}
