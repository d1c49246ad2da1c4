/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/sendmsg_control_flip.c - a second thread flips the length of the control
 * data and the address
 *
 * attack:   with control data a message takes another path than without; the address
 *           flips with it
 * expect:   silent control=reached
 * event:    -
 * tries:    20000
 * source:   sendmsg(2); ip(7) IP_TTL; engine.md "Seal"
 * root:     no
 */
#include "attack.h"

struct place {
	struct msghdr msg;
	struct endpoint ep;
};

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	char control[CMSG_SPACE(sizeof(int))] = {0};
	struct cmsghdr *c = (struct cmsghdr *)control;
	struct iovec iov = {.iov_base = "x", .iov_len = 1};
	struct place one = {.ep = a.allowed}, other = {.ep = a.denied}, at;
	struct flipper f;
	int ttl = 9;

	c->cmsg_level = IPPROTO_IP;
	c->cmsg_type = IP_TTL;
	c->cmsg_len = CMSG_LEN(sizeof(ttl));
	memcpy(CMSG_DATA(c), &ttl, sizeof(ttl));
	one.msg = (struct msghdr){.msg_name = &at.ep.v6,
				  .msg_namelen = a.denied.len,
				  .msg_iov = &iov,
				  .msg_iovlen = 1,
				  .msg_control = control};
	other.msg = one.msg;
	other.msg.msg_controllen = sizeof(control);
	at = one;
	flip_start(&f, &at, &one, &other, sizeof(at));
	race_sendmsg(&a, open_udp(a.denied.sa.sa_family), &at.msg);
	flip_end(&f);
	return 0;
}
