/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/connect_tcp.c - connects a blocking stream socket, says hi, prints the
 * answer
 */
#include "victim.h"

int main(int argc, char **argv)
{
	struct endpoint ep;

	usage_unless(argc == 3, "connect_tcp ADDRESS PORT");
	ep = endpoint_from(argv[1], argv[2]);
	errno = visit(&ep);
	if (errno)
		die("connect");
	return 0;
}
