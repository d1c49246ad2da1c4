/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/xdp_socket.c - an AF_XDP socket writes frames past the network stack
 *
 * attack:   socket(AF_XDP, SOCK_RAW)
 * expect:   silent control=none
 * event:    -
 * source:   kernel Documentation/networking/af_xdp.rst
 * root:     yes
 * witness:  output
 */
#include "door.h"

int main(int argc, char **argv)
{
	int fd = socket(AF_XDP, SOCK_RAW, 0);

	door_target(argc, argv);
	if (fd < 0 && errno == EAFNOSUPPORT)
		skip("xdp");
	puts(fd >= 0 ? "leak: an XDP socket" : "refused");
	return 0;
}
