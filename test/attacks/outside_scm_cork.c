/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/outside_scm_cork.c - a socket received over AF_UNIX that has begun a datagram
 *
 * attack:   the helper begins it by MSG_MORE and passes the socket: write(2) adds bytes and
 *           sends it
 * expect:   silent control=none
 * event:    fd-passed-in
 * source:   net/ipv4/udp.c udp_sendmsg, up->pending; unix(7) SCM_RIGHTS
 * root:     no
 * helper:   yes
 */
#include "door.h"

int main(int argc, char **argv)
{
	struct outside outside;
	char byte;
	int fd;

	door_target(argc, argv);
	outside = find_outside();
	fd = ask_outside(&outside, 'c', &byte, 1);
	if (fd >= 0)
		saw("write", write(fd, "added", 5));
	return 0;
}
