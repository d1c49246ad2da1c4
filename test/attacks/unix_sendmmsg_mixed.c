/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/unix_sendmmsg_mixed.c - one sendmmsg(2) names an allowed and a denied AF_UNIX socket
 *
 * attack:   the first message is for ALLOWED.dgram, the second for DENIED.dgram
 * expect:   silent
 * event:    -
 * form:     unix
 * source:   sendmmsg(2)
 * root:     no
 */
#include "page.h"

int main(int argc, char **argv)
{
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	struct iovec span = {(char[]){"x"}, 1};
	struct mmsghdr batch[2];

	page_names_from(argc, argv);
	for (int i = 0; i < 2; i++) {
		strcat(page_names[i].sun_path, ".dgram");
		batch[i].msg_hdr = (struct msghdr){.msg_name = &page_names[i],
						   .msg_namelen = sizeof(page_names[i]),
						   .msg_iov = &span,
						   .msg_iovlen = 1};
	}
	printf("%d messages sent\n", sendmmsg(fd, batch, 2, 0));
	return 0;
}
