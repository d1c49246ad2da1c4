/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/vsock_socket.c - a socket of the host's virtual machine family
 *
 * attack:   socket(AF_VSOCK): what it reaches is the hypervisor
 * expect:   silent control=none
 * event:    -
 * source:   vsock(7)
 * root:     no
 * witness:  output
 */
#include "door.h"

int main(int argc, char **argv)
{
	int fd = socket(AF_VSOCK, SOCK_STREAM, 0);

	door_target(argc, argv);
	if (fd < 0 && (errno == EAFNOSUPPORT || errno == ESOCKTNOSUPPORT))
		skip("vsock");
	puts(fd >= 0 ? "leak: a vsock socket" : "refused");
	return 0;
}
