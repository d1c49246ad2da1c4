/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/outside_overlap.c - a connected socket received: its control data lies over
 * the header that says where it is
 *
 * attack:   the kernel reads the header before the call and writes over it: who looks
 *           afterwards finds another pointer
 * expect:   silent control=none
 * event:    fd-passed-in
 * source:   net/socket.c ___sys_recvmsg
 * root:     no
 * helper:   yes
 */
#include "receive.h"

int main(int argc, char **argv)
{
	struct place *page = door_pages(1);
	struct msghdr *msg = &page->batch[0].msg_hdr;
	int from, got = -1;

	door_target(argc, argv);
	from = ask_socket(page, 'u');
	/* The descriptor of the message comes to lie on the pointer. */
	msg->msg_control = (char *)&msg->msg_control - sizeof(struct cmsghdr);
	msg->msg_controllen = CMSG_SPACE(sizeof(int));
	saw("recvmsg", recvmsg(from, msg, 0));
	memcpy(&got, &msg->msg_control, sizeof(got));
	use_descriptor(got);
	return 0;
}
