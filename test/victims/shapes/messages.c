/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/shapes/messages.c - payloads, messages and control data
 */
#include "shapes.h"

/* ---- messages ---- */

void sends(void)
{
	static char big[70000];
	static const int flags[] = {
		0,
		MSG_DONTWAIT,
		MSG_NOSIGNAL | MSG_MORE,
		MSG_OOB | MSG_DONTROUTE,
		MSG_CONFIRM | MSG_EOR,
		MSG_DONTWAIT | 0x80000,
		0x100000,
		MSG_FASTOPEN,
		MSG_ZEROCOPY | MSG_DONTWAIT,
		-1,
	};
	void *to = put(end4("203.0.113.7", 8080));

	for (size_t i = 0; i < sizeof(flags) / sizeof(*flags); i++)
		call(SYS_sendto, udp, "hello\n", 6, flags[i], to, 16);
	call(SYS_sendto, udp, "this is 32 bytes long: 345678901", 32, 0, to, 16);
	call(SYS_sendto, udp, "this is 33 bytes long: 3456789012", 33, 0, to, 16);
	call(SYS_sendto, udp, "\0\1\0012\377\"\\?/", 9, 0, to, 16);
	call(SYS_sendto, udp, NULL, 0, 0, to, 16);
	call(SYS_sendto, udp, NULL, 4, 0, to, 16);
	call(SYS_sendto, udp, BAD, 4, 0, to, 16);
	call(SYS_sendto, udp, END + PAGE - 2, 4, 0, to, 16);
	call(SYS_sendto, udp, "x", 1, 0, BAD, 16);
	call(SYS_sendto, udp, "x", 1, 0, to, 4);
	call(SYS_sendto, udp, big, sizeof(big), 0, to, 16);
	call(SYS_sendto, udp, END + PAGE - 32, 32, 0, to, 16);
	call(SYS_sendto, udp, END + PAGE - 32, 33, 0, to, 16);
	call(SYS_sendto, udp, END + PAGE, 0, 0, to, 16);
	call(SYS_sendto, udp6, "six", 3, 0, put(end6("2001:db8::8", 8080, 0, 0)), 28);
	call(SYS_sendto, 99, "x", 1, 0, to, 28);
	call(SYS_sendto, tcp, "x", 1, MSG_NOSIGNAL, to, 28);
}

static void message(int fd, int len, struct iovec *iov, size_t count, void *control,
		    size_t control_len, int flags)
{
	struct msghdr head = {.msg_name = len ? END : NULL,
			      .msg_namelen = (socklen_t)len,
			      .msg_iov = iov,
			      .msg_iovlen = count,
			      .msg_control = control,
			      .msg_controllen = control_len};

	call(SYS_sendmsg, fd, put_at(1024, &head, sizeof(head)), flags, 0, NULL, 0);
}

static void *control(size_t at, int level, int type, const void *data, size_t len)
{
	struct cmsghdr head = {CMSG_LEN(len), level, type};

	put_at(2048 + at, &head, sizeof(head));
	put_at(2048 + at + sizeof(head), data, len);
	return END + 2048;
}

/* Control data whose lengths are not what follows. */
static void cut_controls(struct iovec *one)
{
	static const struct {
		size_t len, total;
		int level, type;
	} odd[] = {
		{100, 32, SOL_IP, IP_TTL},
		{3, 32, SOL_IP, IP_TTL},
		{16, 32, SOL_IP, IP_TTL},
		{20, 32, SOL_IP, IP_TTL},
		{20, 48, SOL_IP, IP_TTL},
		{26, 32, SOL_IP, IP_RETOPTS},
		{17, 17, SOL_IP, IP_TTL},
		{20, 24, SOL_IP, IP_PKTINFO},
		{19, 24, SOL_SOCKET, SCM_RIGHTS},
		{22, 24, SOL_SOCKET, SCM_RIGHTS},
		{20, 24, SOL_SOCKET, SCM_CREDENTIALS},
	};

	for (size_t i = 0; i < sizeof(odd) / sizeof(*odd); i++) {
		struct cmsghdr head = {odd[i].len, odd[i].level, odd[i].type};

		memset(END + 2048, 0, 128);
		message(udp, 16, one, 1, put_at(2048, &head, sizeof(head)), odd[i].total,
			0);
	}
}

void controls(void)
{
	struct iovec one = {"payload", 7};
	struct in_pktinfo info = {.ipi_ifindex = 1};
	struct in6_pktinfo info6 = {.ipi6_ifindex = 1};
	struct ucred creds = {getpid(), getuid(), getgid()};
	int fds[] = {udp, tcp, 0}, tos = 16, ttl = 3;
	uint16_t segment = 3;

	put(end4("203.0.113.7", 8080));
	inet_pton(AF_INET, "203.0.113.7", &info.ipi_spec_dst);
	inet_pton(AF_INET6, "2001:db8::7", &info6.ipi6_addr);
	message(udp, 16, &one, 1, control(0, SOL_IP, IP_PKTINFO, &info, sizeof(info)), 32,
		0);
	message(udp, 16, &one, 1, control(0, SOL_IP, IP_TOS, &tos, 1), 17, 0);
	message(udp, 16, &one, 1, control(0, SOL_IP, IP_TOS, &tos, 4), 24, 0);
	message(udp, 16, &one, 1, control(0, SOL_IP, IP_TTL, &ttl, 4), 24, MSG_DONTWAIT);
	control(0, SOL_IP, IP_TTL, &ttl, 4);
	message(udp, 16, &one, 1, control(24, SOL_IP, IP_PKTINFO, &info, sizeof(info)),
		56, 0);
	message(udp, 16, &one, 1, control(0, IPPROTO_UDP, 103, &segment, 2), 24, 0);
	message(udp, 16, &one, 1, control(0, SOL_IP, 99, &ttl, 4), 24, 0);
	message(udp, 16, &one, 1, control(0, SOL_SOCKET, 77, "abc", 3), 24, 0);
	message(udp, 16, &one, 1, control(0, 4711, 77, "abc", 3), 24, 0);
	message(udp, 16, &one, 1, control(0, SOL_IP, IP_PKTINFO, &info, sizeof(info)), 8,
		0);
	cut_controls(&one);
	message(udp, 16, &one, 1, BAD, 32, 0);
	message(udp, 16, &one, 1, NULL, 32, 0);
	put(end6("2001:db8::8", 8080, 0, 0));
	message(udp6, 28, &one, 1,
		control(0, SOL_IPV6, IPV6_PKTINFO, &info6, sizeof(info6)), 40, 0);
	message(udp6, 28, &one, 1, control(0, SOL_IPV6, IPV6_TCLASS, &tos, 4), 24, 0);
	message(unpair[0], 0, &one, 1, control(0, SOL_SOCKET, SCM_RIGHTS, fds, 12), 32,
		0);
	message(unpair[0], 0, &one, 1, control(0, SOL_SOCKET, SCM_RIGHTS, fds, 4), 20, 0);
	message(unpair[0], 0, &one, 1,
		control(0, SOL_SOCKET, SCM_CREDENTIALS, &creds, 12), 32, 0);
}

void messages(void)
{
	struct iovec one = {"payload", 7}, two[] = {{"one", 3}, {"two\0", 4}},
		     none = {NULL, 0}, bad = {BAD, 4};
	struct mmsghdr many[3] = {0};

	put(end4("203.0.113.7", 8080));
	message(udp, 16, &one, 1, NULL, 0, 0);
	message(udp, 16, put_at(1500, two, sizeof(two)), 2, NULL, 0, MSG_NOSIGNAL);
	message(udp, 16, NULL, 0, NULL, 0, 0);
	message(udp, 16, &none, 1, NULL, 0, 0);
	message(udp, 16, put_at(1500, &bad, sizeof(bad)), 1, NULL, 0, 0);
	message(udp, 16, BAD, 1, NULL, 0, 0);
	message(udp, 16, put_at(1500, two, sizeof(two)), 3000, NULL, 0, 0);
	message(udp, 16, put_at(PAGE - sizeof(two), two, sizeof(two)), 3, NULL, 0, 0);
	message(udp, 16, two, 0, NULL, 0, 0);
	message(udp, 4, &one, 1, NULL, 0, 0);
	message(udp, -1, &one, 1, NULL, 0, 0);
	message(unpair[0], 0, &one, 1, NULL, 0, 0);
	call(SYS_sendmsg, udp, NULL, 0, 0, NULL, 0);
	call(SYS_sendmsg, udp, BAD, 0, 0, NULL, 0);
	call(SYS_sendmsg, 99, END, 0, 0, NULL, 0);
	for (int i = 0; i < 3; i++)
		many[i].msg_hdr = (struct msghdr){.msg_name = END,
						  .msg_namelen = 16,
						  .msg_iov = i ? two : &one,
						  .msg_iovlen = 1};
	call(SYS_sendmmsg, udp, put_at(3000, many, sizeof(many)), 3, MSG_DONTWAIT, NULL,
	     0);
	call(SYS_sendmmsg, udp, END + 3000, 1, 0, NULL, 0);
	many[1].msg_hdr.msg_name = BAD;
	call(SYS_sendmmsg, udp, put_at(3000, many, sizeof(many)), 3, 0, NULL, 0);
	call(SYS_sendmmsg, udp, END + 3000, 0, 0, NULL, 0);
	call(SYS_sendmmsg, udp, NULL, 1, 0, NULL, 0);
	call(SYS_sendmmsg, udp, BAD, 1, 0, NULL, 0);
	call(SYS_sendmmsg, 99, END + 3000, 2, 0, NULL, 0);
	call(SYS_sendmmsg, udp, put_at(PAGE - sizeof(*many), many, sizeof(*many)), 3, 0,
	     NULL, 0);
}
