/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/tun_device.c - a virtual interface made by /dev/net/tun
 *
 * attack:   packets written to it enter the network stack with any address
 * expect:   silent control=none
 * event:    route-bend
 * source:   kernel Documentation/networking/tuntap.rst
 * root:     yes
 * witness:  output
 */
#include <linux/if_tun.h>
#include <net/if.h>
#include <sys/ioctl.h>

#include "door.h"

int main(int argc, char **argv)
{
	struct ifreq request = {.ifr_flags = IFF_TUN | IFF_NO_PI};
	int fd = open("/dev/net/tun", O_RDWR | O_CLOEXEC);

	door_target(argc, argv);
	if (fd < 0)
		skip("/dev/net/tun");
	puts(ioctl(fd, TUNSETIFF, &request) == 0 ? "leak: an interface" : "refused");
	return 0;
}
