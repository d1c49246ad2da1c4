/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/cases/send.c - sendto, sendmsg and sendmmsg: sizes, addresses, control data, batches
 */
#include <netinet/in.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#include "cases.h"

static char bytes[70000], back[70000];

static void tell_back(int sock)
{
	TELL("back", recv(sock, back, sizeof(back), 0));
}

static void sizes(void)
{
	static const size_t lens[] = {3,     0,     1472,  16384, 65507,
				      65508, 65535, 65536, 70000};
	struct addr to = addr_of(HERE, ECHO_UDP);
	int sock = udp();

	for (size_t i = 0; i < sizeof(lens) / sizeof(lens[0]); i++) {
		say(" %zu", lens[i]);
		TELL("", sendto(sock, bytes, lens[i], 0, &to.sa, to.len));
		if (lens[i] <= 65507)
			tell_back(sock);
	}
}

static void arguments(void)
{
	struct addr to = addr_of(HERE, ECHO_UDP), odd = to;
	struct sockaddr *bad = (struct sockaddr *)8;
	int sock = udp();

	TELL("no_address", sendto(sock, "x", 1, 0, NULL, 0));
	TELL("8_bytes", sendto(sock, "x", 1, 0, &to.sa, 8));
	TELL("0_bytes", sendto(sock, "x", 1, 0, &to.sa, 0));
	TELL("negative", sendto(sock, "x", 1, 0, &to.sa, (socklen_t)-1));
	TELL("129_bytes", sendto(sock, "x", 1, 0, &to.sa, 129));
	TELL("fault", sendto(sock, (void *)8, 10, 0, &to.sa, to.len));
	TELL("address_fault", sendto(sock, "x", 1, 0, bad, 16));
	TELL("no_fd", sendto(999, "x", 1, 0, &to.sa, to.len));
	TELL("oob", sendto(sock, "x", 1, MSG_OOB, &to.sa, to.len));
	odd.sa.sa_family = AF_INET6;
	TELL("inet6", sendto(sock, "x", 1, 0, &odd.sa, odd.len));
	odd.sa.sa_family = AF_UNSPEC;
	TELL("unspec", sendto(sock, "x", 1, 0, &odd.sa, odd.len));
	tell_back(sock);
	odd = addr_of(HERE, 0);
	TELL("port_0", sendto(sock, "x", 1, 0, &odd.sa, odd.len));
	odd = addr_of(NO_ROUTE, 9);
	TELL("no_route", sendto(sock, "x", 1, 0, &odd.sa, odd.len));
	odd = addr_of("255.255.255.255", 9);
	TELL("broadcast", sendto(sock, "x", 1, 0, &odd.sa, odd.len));
	odd = addr_of("0.0.0.0", ECHO_UDP);
	TELL("any", sendto(sock, "x", 1, 0, &odd.sa, odd.len));
	tell_back(sock);
}

/* The same AF_UNSPEC means different things: udp(7), raw(7), net/ipv4/ping.c. */
static void unspec_sends(void)
{
	struct addr to = addr_of(HERE, 0), to6 = addr_of("::1", ECHO_UDP);
	char ping[8] = {8};

	to.sa.sa_family = AF_UNSPEC;
	to6.sa.sa_family = AF_UNSPEC;
	TELL("ping", sendto(socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP), ping, sizeof(ping),
			    0, &to.sa, to.len));
	TELL("raw", sendto(socket(AF_INET, SOCK_RAW, IPPROTO_ICMP), ping, sizeof(ping), 0,
			   &to.sa, to.len));
	TELL("udp6", sendto(udp6(), "x", 1, 0, &to6.sa, to6.len));
	TELL("udp_cut", sendto(udp(), "x", 1, 0, &to.sa, 8));
	TELL("udp6_cut", sendto(udp6(), "x", 1, 0, &to6.sa, 2));
}

static void flags(void)
{
	struct addr to = addr_of(HERE, ECHO_UDP);
	struct sockaddr_in local = {0};
	socklen_t len = sizeof(local);
	int sock = udp();

	TELL("confirm", sendto(sock, "abc", 3, MSG_CONFIRM, &to.sa, to.len));
	getsockname(sock, (struct sockaddr *)&local, &len);
	say(" bound=%d", local.sin_port != 0);
	tell_back(sock);
	TELL("more", sendto(sock, "abc", 3, MSG_MORE, &to.sa, to.len));
	TELL("rest", sendto(sock, "def", 3, 0, &to.sa, to.len));
	tell_back(sock);
	TELL("connect", connect_to(sock, HERE, 9));
	TELL("elsewhere", sendto(sock, "abc", 3, 0, &to.sa, to.len));
}

static void ipv6(void)
{
	struct addr to = addr_of("::1", ECHO_UDP),
		    mapped = addr_of("::ffff:127.0.0.1", ECHO_UDP);
	struct addr four = addr_of(HERE, ECHO_UDP);
	int sock = udp6();

	TELL("sent", sendto(sock, "abc", 3, 0, &to.sa, to.len));
	tell_back(sock);
	TELL("mapped", sendto(sock, "abc", 3, 0, &mapped.sa, mapped.len));
	tell_back(sock);
	TELL("inet", sendto(sock, "abc", 3, 0, &four.sa, four.len));
	tell_back(sock);
	TELL("24_bytes", sendto(sock, "abc", 3, 0, &to.sa, 24));
	tell_back(sock);
}

static void messages(void)
{
	struct addr to = addr_of(HERE_TOO, ECHO_UDP);
	struct iovec parts[3] = {{"ab", 2}, {"cde", 3}, {"f", 1}};
	struct msghdr message = {.msg_name = &to.sa,
				 .msg_namelen = to.len,
				 .msg_iov = parts,
				 .msg_iovlen = 3};
	int sock = udp();

	TELL("sent", sendmsg(sock, &message, 0));
	tell_back(sock);
	say(" same=%d", memcmp(back, "abcdef", 6) == 0);
	message.msg_namelen = 200;
	TELL("name_200", sendmsg(sock, &message, 0));
	message.msg_namelen = (socklen_t)-1;
	TELL("name_negative", sendmsg(sock, &message, 0));
	message.msg_namelen = 0;
	TELL("name_0", sendmsg(sock, &message, 0));
	message.msg_namelen = to.len;
	message.msg_iovlen = 2000;
	TELL("2000_parts", sendmsg(sock, &message, 0));
	message.msg_iov = (struct iovec *)8;
	message.msg_iovlen = 1;
	TELL("parts_fault", sendmsg(sock, &message, 0));
	message.msg_iov = parts;
	message.msg_name = (void *)8;
	TELL("name_fault", sendmsg(sock, &message, 0));
	message.msg_name = NULL;
	TELL("no_name", sendmsg(sock, &message, 0));
	TELL("fault", sendmsg(sock, (struct msghdr *)8, 0));
	parts[0].iov_len = (size_t)-1;
	TELL("part_negative", sendmsg(sock, &message, 0));
}

/* One control message of that kind, with `len` bytes that begin with `value`. */
static long send_control(int sock, int level, int type, const void *value, size_t len)
{
	struct addr to = addr_of(HERE_TOO, ECHO_UDP);
	struct iovec part = {bytes, 1800};
	_Alignas(struct cmsghdr) char room[64] = {0};
	struct msghdr message = {.msg_name = &to.sa,
				 .msg_namelen = to.len,
				 .msg_iov = &part,
				 .msg_iovlen = 1,
				 .msg_control = room,
				 .msg_controllen = CMSG_SPACE(len)};
	struct cmsghdr *head = CMSG_FIRSTHDR(&message);

	head->cmsg_level = level;
	head->cmsg_type = type;
	head->cmsg_len = CMSG_LEN(len);
	memcpy(CMSG_DATA(head), value, len);
	return sendmsg(sock, &message, 0);
}

static void control(void)
{
	struct in_pktinfo from = {.ipi_spec_dst.s_addr =
					  htonl(0xcb007108)}; /* 203.0.113.8 */
	struct in_pktinfo foreign = {.ipi_spec_dst.s_addr = htonl(0xc0000201)};
	unsigned short segment = 500;
	int tos = 16, ttl = 9, too_big = 1000, rights = 0, sock = udp();

	TELL("pktinfo", send_control(sock, IPPROTO_IP, IP_PKTINFO, &from, sizeof(from)));
	tell_back(sock);
	TELL("foreign",
	     send_control(sock, IPPROTO_IP, IP_PKTINFO, &foreign, sizeof(foreign)));
	TELL("segments", send_control(sock, IPPROTO_UDP, 103, &segment, sizeof(segment)));
	for (int i = 0; i < 4; i++)
		tell_back(sock);
	TELL("tos", send_control(sock, IPPROTO_IP, IP_TOS, &tos, sizeof(tos)));
	tell_back(sock);
	TELL("ttl", send_control(sock, IPPROTO_IP, IP_TTL, &ttl, sizeof(ttl)));
	tell_back(sock);
	TELL("ttl_1000",
	     send_control(sock, IPPROTO_IP, IP_TTL, &too_big, sizeof(too_big)));
	TELL("short", send_control(sock, IPPROTO_IP, IP_PKTINFO, &from, 4));
	TELL("rights",
	     send_control(sock, SOL_SOCKET, SCM_RIGHTS, &rights, sizeof(rights)));
	tell_back(sock);
}

static void batches(void)
{
	struct addr to = addr_of(HERE, ECHO_UDP), bad = addr_of(NO_ROUTE, 9);
	struct mmsghdr all[8];
	struct iovec parts[8];
	int sock = udp(), sent = 0, got;

	memset(all, 0, sizeof(all));
	for (int i = 0; i < 8; i++) {
		parts[i] = (struct iovec){"abcdefgh", (size_t)i + 1};
		all[i].msg_hdr.msg_name = &to.sa;
		all[i].msg_hdr.msg_namelen = to.len;
		all[i].msg_hdr.msg_iov = &parts[i];
		all[i].msg_hdr.msg_iovlen = 1;
		all[i].msg_len = 99;
	}
	while (sent < 8 &&
	       (got = sendmmsg(sock, all + sent, (unsigned)(8 - sent), 0)) > 0)
		sent += got;
	say(" sent=%d", sent);
	for (int i = 0; i < 8; i++) {
		say(" len=%u", all[i].msg_len);
		tell_back(sock);
	}
	all[2].msg_hdr.msg_name = &bad.sa;
	all[2].msg_len = 99;
	TELL("until_bad", sendmmsg(sock, all, 8, 0));
	say(" len=%u", all[2].msg_len);
	TELL("bad_first", sendmmsg(sock, all + 2, 6, 0));
	TELL("none", sendmmsg(sock, all, 0, 0));
	TELL("fault", sendmmsg(sock, (struct mmsghdr *)8, 2, 0));
}

static void stream_messages(void)
{
	struct addr elsewhere = addr_of("203.0.113.77", 9);
	struct iovec one = {"hello", 5}, two[2] = {{"he", 2}, {"llo", 3}};
	struct msghdr message = {.msg_iov = &one, .msg_iovlen = 1};
	int sock = tcp();

	set_receive_limit(sock);
	TELL("connect", connect_to(sock, HERE, ECHO));
	TELL("sent", sendmsg(sock, &message, 0));
	tell_back(sock);
	message.msg_iov = two;
	message.msg_iovlen = 2;
	TELL("sent", sendmsg(sock, &message, MSG_NOSIGNAL));
	tell_back(sock);
	message.msg_name = &elsewhere.sa;
	message.msg_namelen = elsewhere.len;
	TELL("named", sendmsg(sock, &message, 0));
	tell_back(sock);
	message.msg_iovlen = 0;
	TELL("nothing", sendmsg(sock, &message, 0));
}

static const struct test_case cases[] = {
	{"send_sizes", sizes, false},
	{"send_arguments", arguments, false},
	{"send_unspec", unspec_sends, false},
	{"send_flags", flags, false},
	{"send_ipv6", ipv6, false},
	{"send_messages", messages, false},
	{"send_control", control, false},
	{"send_batches", batches, false},
	{"send_stream_messages", stream_messages, false},
};
CASE_LIST(cases_send, cases);
