/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/bind_scope_swap.c - bind of an AF_UNIX or netlink socket, with an IPv6 one
 * under the number and its address at the pointer when the call runs
 *
 * attack:   an AF_UNIX or netlink socket and a name of its own, and an IPv6 one and
 *           ff02::1 of a device, in turn; the device takes what is sent to ::1 then
 * expect:   silent control=none
 * event:    route-bend
 * family:   6
 * tries:    20000
 * witness:  output
 * source:   ipv6(7) sin6_scope_id, dup2(2)
 * root:     no
 */
#include "attack.h"

#include <netinet/in.h>
#include <stdbool.h>

#define SLOT              100
#define BOUND_TO_IFINDEX 62 /* <asm-generic/socket.h> */
#define DEVICE           2  /* need not be there (__inet6_bind) */

static int fds[2];
static struct endpoint names[2];
static volatile struct endpoint name;

static void turn(void *unused, int side)
{
	(void)unused;
	put_image((void *)&name, &names[side], sizeof(name.v6));
	dup2(fds[side], SLOT);
}

static bool race(const struct attack *a, int family)
{
	struct flipper f;
	int device = 0;
	socklen_t len = sizeof(device);

	fds[0] = open_socket(family, SOCK_DGRAM, 0);
	fds[1] = open_udp(AF_INET6);
	memset(&names[0], 0, sizeof(names[0]));
	names[0].sa.sa_family = (sa_family_t)family;
	dup2(fds[0], SLOT);
	flip_calls(&f, turn, NULL);
	for (int i = 0; i < a->tries / 2 && device != DEVICE; i++) {
		(void)!bind(SLOT, (const struct sockaddr *)&name, sizeof(name.v6));
		getsockopt(fds[1], SOL_SOCKET, BOUND_TO_IFINDEX, &device, &len);
	}
	flip_end(&f);
	close(fds[0]);
	close(fds[1]);
	return device == DEVICE;
}

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	struct sockaddr_in6 *bent = &names[1].v6;

	bent->sin6_family = AF_INET6;
	bent->sin6_scope_id = DEVICE;
	if (inet_pton(AF_INET6, "ff02::1", &bent->sin6_addr) != 1)
		die("inet_pton");
	if (race(&a, AF_UNIX))
		printf("leak: an AF_UNIX bind put a device on an IPv6 socket\n");
	if (race(&a, AF_NETLINK))
		printf("leak: a netlink bind put a device on an IPv6 socket\n");
	return 0;
}
