/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/alg_socket.c - a family that reaches no network works or is refused whole
 *
 * attack:   AF_ALG: bind to a hash, then a connection in the usual way
 * expect:   silent
 * event:    -
 * source:   kernel Documentation/crypto/userspace-if.rst
 * root:     no
 */
#include <linux/if_alg.h>

#include "door.h"

int main(int argc, char **argv)
{
	struct endpoint ep = door_target(argc, argv);
	struct sockaddr_alg name = {
		.salg_family = AF_ALG, .salg_type = "hash", .salg_name = "sha256"};
	int fd = socket(AF_ALG, SOCK_SEQPACKET, 0);

	saw("socket", fd);
	if (fd >= 0)
		saw("bind", bind(fd, (struct sockaddr *)&name, sizeof(name)));
	knock(&ep);
	return 0;
}
