/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/shapes/main.c - makes all the calls
 */
#include "shapes.h"

int udp, udp6, tcp, unpair[2];
struct sockaddr_storage end_bytes;

int main(void)
{
	if (mmap(END, PAGE, PROT_READ | PROT_WRITE,
		 MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0) != (void *)END)
		die("mmap");
	udp = socket(AF_INET, SOCK_DGRAM, 0);
	udp6 = socket(AF_INET6, SOCK_DGRAM, 0);
	tcp = socket(AF_INET, SOCK_STREAM, 0);
	if (socketpair(AF_UNIX, SOCK_DGRAM, 0, unpair) != 0)
		die("socketpair");
	addresses();
	sockets();
	ends();
	sends();
	messages();
	controls();
	receives();
	options();
	return 0;
}
