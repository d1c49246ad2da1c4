/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/route_rthdr_cmsg.c - a routing header of IPv6 as control data: the first hop is ADDR
 *
 * attack:   type 4 (segment routing) and type 2 (mobile) over ADDR; the datagram is for ::1
 * expect:   silent control=none
 * event:    route-bend
 * source:   RFC 8754, net/ipv6/exthdrs.c fl6_update_dst
 * root:     yes
 * family:   6
 */
#include "rthdr.h"

static int send_by(const struct endpoint *to, const unsigned char *header, size_t len)
{
	_Alignas(struct cmsghdr) char control[CMSG_SPACE(40)] = {0};
	struct iovec span = {(char[]){"x"}, 1};
	struct msghdr message = {.msg_name = (void *)&to->sa,
				 .msg_namelen = to->len,
				 .msg_iov = &span,
				 .msg_iovlen = 1,
				 .msg_control = control,
				 .msg_controllen = CMSG_SPACE(len)};
	struct cmsghdr *head = CMSG_FIRSTHDR(&message);
	int fd = socket(AF_INET6, SOCK_DGRAM, 0), sent;

	head->cmsg_level = IPPROTO_IPV6;
	head->cmsg_type = IPV6_RTHDR;
	head->cmsg_len = CMSG_LEN(len);
	memcpy(CMSG_DATA(head), header, len);
	sent = (int)sendmsg(fd, &message, 0);
	saw("send", sent);
	close(fd);
	return sent;
}

int main(int argc, char **argv)
{
	struct endpoint ep = door_target(argc, argv);
	struct endpoint to = endpoint_from("::1", argv[2]);
	unsigned char header[40];
	int sent = 0;

	for (int type = 2; type <= 4; type += 2)
		sent += send_by(&to, header, make_header(header, type, &ep, &to)) > 0;
	if (!sent && !tracer_pid())
		skip("routing headers as control data (CONFIG_IPV6_MIP6)");
	return 0;
}
