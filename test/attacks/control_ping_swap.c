/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/control_ping_swap.c - control data that netjail does not send itself, and a ping
 * socket in the place of the judged one
 *
 * attack:   the rules allow ADDR over UDP only; dup2(2) puts a ping socket under the number
 *           while the address is in use
 * expect:   silent control=none
 * event:    -
 * rule:     allow ADDR/udp
 * witness:  output
 * tries:    20000
 * source:   engine.md "the socket that was judged"; icmp(7)
 * root:     no
 */
#include "swap.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	char control[CMSG_SPACE(sizeof(int))] = {0}, echo[8] = {8};
	struct cmsghdr *c = (struct cmsghdr *)control;
	struct iovec iov = {.iov_base = echo, .iov_len = sizeof(echo)};
	struct msghdr msg = {.msg_name = &a.denied.v6,
			     .msg_namelen = a.denied.len,
			     .msg_iov = &iov,
			     .msg_iovlen = 1,
			     .msg_control = control,
			     .msg_controllen = sizeof(control)};
	struct flipper f;

	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SO_PRIORITY; /* a right of its own (Linux 6.14) */
	c->cmsg_len = CMSG_LEN(sizeof(int));
	fds[0] = open_udp(AF_INET);
	fds[1] = open_socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP);
	dup2(fds[0], SLOT);
	flip_calls(&f, turn, NULL);
	race_sendmsg(&a, SLOT, &msg);
	flip_end(&f);
	if (recv(fds[1], echo, sizeof(echo), MSG_DONTWAIT) > 0)
		puts("leak: an echo came back");
	return 0;
}
