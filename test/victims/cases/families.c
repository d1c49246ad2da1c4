/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/cases/families.c - UDP, IPv6, MPTCP, fast open and AF_UNIX
 */
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/un.h>
#include <unistd.h>

#include "cases.h"

static void datagrams(void)
{
	struct addr none = addr_none();
	int sock = udp();

	TELL("first", connect_to(sock, HERE, ECHO_UDP));
	tell_state(sock);
	tell_echo(sock);
	TELL("second", connect_to(sock, HERE_TOO, ECHO_UDP));
	tell_state(sock);
	TELL("none", connect_addr(sock, &none));
	tell_state(sock);
	TELL("broadcast", connect_to(sock, "255.255.255.255", 9));
	TELL("port_0", connect_to(sock, HERE, 0));
	TELL("no_route", connect_to(sock, NO_ROUTE, 9));
	TELL("any", connect_to(sock, "0.0.0.0", ECHO_UDP));
}

static void datagrams_refused(void)
{
	int sock = udp();

	TELL("connect", connect_to(sock, HERE, 9));
	TELL("first", send(sock, "x", 1, 0));
	usleep(20000);
	TELL("second", send(sock, "x", 1, 0));
	TELL("third", send(sock, "x", 1, 0));
}

static void ipv6(void)
{
	struct addr cut = addr_of("::1", ECHO);
	int sock = tcp6(), one = 1;

	cut.len = 24;
	TELL("connect", connect_to(sock, "::1", ECHO));
	tell_state(sock);
	tell_echo(sock);
	TELL("refused", connect_to(tcp6(), "::1", CLOSED));
	sock = tcp6();
	TELL("mapped", connect_to(sock, "::ffff:127.0.0.1", ECHO));
	tell_state(sock);
	TELL("link_local", connect_to(tcp6(), "fe80::1", 80));
	TELL("24_bytes", connect_addr(tcp6(), &cut));
	TELL("any", connect_to(tcp6(), "::", ECHO));
	TELL("mapped_any", connect_to(tcp6(), "::ffff:0.0.0.0", ECHO));
	TELL("inet", connect_to(tcp6(), HERE, ECHO));
	sock = tcp6();
	setsockopt(sock, IPPROTO_IPV6, IPV6_V6ONLY, &one, sizeof(one));
	TELL("v6only_mapped", connect_to(sock, "::ffff:127.0.0.1", ECHO));
	sock = udp6();
	TELL("udp", connect_to(sock, "::1", ECHO_UDP));
	tell_echo(sock);
}

static void mptcp_here(void)
{
	int sock = mptcp();

	TELL("connect", connect_to(sock, HERE, ECHO_MPTCP));
	tell_state(sock);
	tell_echo(sock);
	sock = mptcp();
	TELL("refused", connect_to(sock, HERE, CLOSED));
	tell_state(sock);
	TELL("again", connect_to(sock, HERE, ECHO_MPTCP));
	tell_state(sock);
}

static void mptcp_far(void)
{
	int sock = mptcp();

	TELL("connect", connect_to(sock, FAR, ECHO_MPTCP));
	tell_state(sock);
	tell_echo(sock);
	TELL("again", connect_to(sock, FAR, ECHO_MPTCP));
	sock = mptcp();
	TELL("refused", connect_to(sock, FAR, CLOSED));
	tell_state(sock);
	TELL("elsewhere", connect_to(sock, FAR, ECHO_MPTCP));
	tell_state(sock);
}

static void mptcp_waits(void)
{
	int sock = mptcp();

	set_send_limit(sock, 200);
	TELL("limit", connect_to(sock, SILENT, 80));
	tell_state(sock);
	sock = mptcp();
	alarms_start(100, 0, 0);
	TELL("interrupted", connect_to(sock, SILENT, 80));
	sock = mptcp();
	alarms_start(20, 20, SA_RESTART);
	TELL("restarted", connect_to(sock, FAR, ECHO_MPTCP));
	alarms_stop();
	say(" several=%d", alarms >= 3);
	tell_state(sock);
}

/* connect(2) returns at once there and the first send makes the connection. */
static void fast_open_connect(void)
{
	int one = 1;

	for (int i = 0; i < 2; i++) {
		int sock = tcp();

		setsockopt(sock, IPPROTO_TCP, TCP_FASTOPEN_CONNECT, &one, sizeof(one));
		TELL("connect", connect_to(sock, FAR, ECHO_TFO));
		tell_state(sock);
		tell_echo(sock);
		tell_state(sock);
		TELL("again", connect_to(sock, FAR, ECHO_TFO));
	}
}

static long fast_open_to(int sock, const char *host, int port)
{
	struct addr to = addr_of(host, port);

	return sendto(sock, "hello", 5, MSG_FASTOPEN | MSG_NOSIGNAL, &to.sa, to.len);
}

/* An error also where an ordinary send would do. */
static void fast_open_unnamed(void)
{
	static const int flags = MSG_FASTOPEN | MSG_NOSIGNAL;
	/* TCP ignores control data of IP's */
	struct cmsghdr head = {.cmsg_len = CMSG_LEN(0), .cmsg_level = IPPROTO_IP};
	struct iovec part = {"hello", 5};
	struct msghdr message = {.msg_iov = &part,
				 .msg_iovlen = 1,
				 .msg_control = &head,
				 .msg_controllen = sizeof(head)};
	int sock = tcp();

	for (int i = 0; i < 2; i++) {
		TELL("unnamed", sendto(sock, "hello", 5, flags, NULL, 0));
		TELL("message", sendmsg(sock, &message, flags));
		TELL("connect", connect_to(sock, HERE, ECHO_TFO));
		tell_state(sock);
	}
}

static void fast_open_here(void)
{
	char back[8];
	int sock;

	for (int i = 0; i < 3; i++) {
		sock = tcp();
		set_receive_limit(sock);
		TELL("sent", fast_open_to(sock, HERE, ECHO_TFO));
		TELL("back", recv(sock, back, sizeof(back), 0));
		tell_state(sock);
		close(sock);
	}
	sock = tcp();
	TELL("refused", fast_open_to(sock, HERE, CLOSED));
	tell_state(sock);
	fast_open_unnamed();
}

static void fast_open_far(void)
{
	char back[8];
	int sock = tcp();

	set_nonblocking(sock);
	TELL("nonblocking", fast_open_to(sock, FAR, ECHO));
	tell_epoll(sock, 2000);
	TELL("then", send(sock, "hello", 5, MSG_NOSIGNAL));
	sock = tcp();
	set_receive_limit(sock);
	TELL("blocking", fast_open_to(sock, FAR, ECHO));
	TELL("back", recv(sock, back, sizeof(back), 0));
	sock = tcp();
	TELL("connect", connect_to(sock, FAR, ECHO));
	TELL("then_fast", fast_open_to(sock, FAR, ECHO));
}

/* Without MSG_FASTOPEN a stream ignores the address. */
static void stream_with_address(void)
{
	struct addr elsewhere = addr_of("203.0.113.77", CLOSED);
	char back[8];
	int sock = tcp();

	TELL("idle", sendto(sock, "x", 1, MSG_NOSIGNAL, &elsewhere.sa, elsewhere.len));
	TELL("connect", connect_to(sock, HERE, ECHO));
	TELL("sent", sendto(sock, "hi", 2, MSG_NOSIGNAL, &elsewhere.sa, elsewhere.len));
	set_receive_limit(sock);
	TELL("back", recv(sock, back, sizeof(back), 0));
}

static struct addr unix_addr(const char *name)
{
	struct sockaddr_un un = {.sun_family = AF_UNIX};
	struct addr addr = {.len = offsetof(struct sockaddr_un, sun_path) + 1 +
				   strlen(name)};

	memcpy(un.sun_path + 1, name, strlen(name));
	memcpy(addr.bytes, &un, addr.len);
	return addr;
}

/* The server answers with the process that the kernel says has connected. */
static void local(void)
{
	struct addr there = unix_addr("netjail-cases"),
		    nowhere = unix_addr("netjail-nobody");
	int sock = socket(AF_UNIX, SOCK_STREAM, 0), pid = -1;
	char text[32] = "";

	set_receive_limit(sock);
	TELL("connect", connect_addr(sock, &there));
	TELL("read", recv(sock, text, sizeof(text) - 1, 0) > 0);
	sscanf(text, "%d", &pid);
	say(" peer_is_me=%d", pid == getpid());
	TELL("nobody", connect_addr(socket(AF_UNIX, SOCK_STREAM, 0), &nowhere));
	TELL("inet", connect_to(socket(AF_UNIX, SOCK_STREAM, 0), HERE, ECHO));
	TELL("unix_on_tcp", connect_addr(tcp(), &there));
}

static const struct test_case cases[] = {
	{"datagrams", datagrams, false},
	{"datagrams_refused", datagrams_refused, false},
	{"ipv6", ipv6, false},
	{"mptcp_here", mptcp_here, false},
	{"mptcp_far", mptcp_far, true},
	{"mptcp_waits", mptcp_waits, true},
	{"fast_open_connect", fast_open_connect, true},
	{"fast_open_here", fast_open_here, false},
	{"fast_open_far", fast_open_far, true},
	{"stream_with_address", stream_with_address, false},
	{"local", local, false},
};
CASE_LIST(cases_families, cases);
