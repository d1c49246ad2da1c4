/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/cases/connect.c - blocking connects, and every argument they may be given
 */
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <unistd.h>

#include "cases.h"

static void here(void)
{
	int sock = tcp();

	TELL("connect", connect_to(sock, HERE, ECHO));
	tell_state(sock);
	tell_echo(sock);
}

static void here_too(void)
{
	int sock = tcp();

	TELL("connect", connect_to(sock, HERE_TOO, ECHO));
	tell_state(sock);
	tell_echo(sock);
}

/* A socket whose first connect failed is used again. */
static void refused_by(const char *host)
{
	int sock = tcp();

	TELL("first", connect_to(sock, host, CLOSED));
	tell_state(sock);
	TELL("second", connect_to(sock, host, CLOSED));
	TELL("third", connect_to(sock, host, ECHO));
	tell_state(sock);
	tell_echo(sock);
}

static void refused(void)
{
	refused_by(HERE);
}

static void refused_far(void)
{
	refused_by(FAR);
}

static void far(void)
{
	int sock = tcp();

	TELL("connect", connect_to(sock, FAR, ECHO));
	tell_state(sock);
	tell_echo(sock);
	TELL("again", connect_to(sock, FAR, ECHO));
}

static void timeout(void)
{
	int sock = tcp(), ms = 700, tries = 1;

	setsockopt(sock, IPPROTO_TCP, TCP_USER_TIMEOUT, &ms, sizeof(ms));
	setsockopt(sock, IPPROTO_TCP, TCP_SYNCNT, &tries, sizeof(tries));
	TELL("connect", connect_to(sock, SILENT, 80));
	tell_state(sock);
	TELL("elsewhere", connect_to(sock, HERE, ECHO));
	tell_state(sock);
}

static void fails_at(const char *host)
{
	int sock = tcp();

	TELL("connect", connect_to(sock, host, 80));
	tell_state(sock);
	TELL("elsewhere", connect_to(sock, HERE, ECHO));
	tell_state(sock);
}

static void host_unreachable(void)
{
	fails_at(UNREACHABLE);
}

static void network_unreachable(void)
{
	fails_at(NO_ROUTE);
}

static void full_queue(void)
{
	int sock = tcp();

	set_send_limit(sock, 300);
	TELL("connect", connect_to(sock, HERE, FULL));
	tell_state(sock);
}

static void twice(void)
{
	int sock = tcp();

	TELL("first", connect_to(sock, HERE, ECHO));
	TELL("second", connect_to(sock, HERE, ECHO));
	TELL("elsewhere", connect_to(sock, HERE_TOO, CLOSED));
	tell_state(sock);
}

static void listening(void)
{
	struct addr any = addr_of(HERE, 0);
	int sock = tcp();

	TELL("bind", bind(sock, &any.sa, any.len));
	TELL("listen", listen(sock, 1));
	TELL("connect", connect_to(sock, HERE, ECHO));
	tell_state(sock);
}

static void bound(void)
{
	struct addr local = addr_of(HERE, 0);
	int sock = tcp();

	TELL("bind", bind(sock, &local.sa, local.len));
	TELL("connect", connect_to(sock, HERE, ECHO));
	tell_echo(sock);
	TELL("any", connect_to(tcp(), "0.0.0.0", ECHO));
	TELL("broadcast", connect_to(tcp(), "255.255.255.255", 80));
	TELL("multicast", connect_to(tcp(), "224.0.0.1", 80));
	TELL("port_0", connect_to(tcp(), HERE, 0));
}

static void bound_unspec(void)
{
	struct addr wildcard = addr_of("0.0.0.0", 0), local = addr_of(HERE, 0);

	wildcard.sa.sa_family = AF_UNSPEC;
	local.sa.sa_family = AF_UNSPEC;
	TELL("wildcard", bind(tcp(), &wildcard.sa, wildcard.len));
	TELL("local", bind(tcp(), &local.sa, local.len));
	TELL("wildcard6", bind(tcp6(), &wildcard.sa, 28));
	TELL("short", bind(tcp(), &wildcard.sa, 8));
	TELL("long", bind(tcp(), &wildcard.sa, 128));
	TELL("longer", bind(tcp(), &wildcard.sa, 129));
	TELL("fault", bind(tcp(), (struct sockaddr *)8, 16));
}

static void lengths(void)
{
	static const int lens[] = {
		0, 1, 2, 8, 15, 17, 128, 129, 300, -1, -2147483647 - 1};
	struct addr whole = addr_of(HERE, ECHO);
	char big[512] = {0};

	memcpy(big, whole.bytes, sizeof(struct sockaddr_in));
	for (size_t i = 0; i < sizeof(lens) / sizeof(lens[0]); i++) {
		int sock = tcp();

		say(" %d", lens[i]);
		TELL("", connect(sock, (struct sockaddr *)big, (socklen_t)lens[i]));
		close(sock);
	}
}

static void pointers(void)
{
	struct addr good = addr_of(HERE, ECHO);
	struct sockaddr *bad = (struct sockaddr *)8;
	int ends[2] = {-1, -1}, path = open("/", O_PATH | O_CLOEXEC);

	TELL("pipe", pipe(ends));
	TELL("fault", connect(tcp(), bad, 16));
	TELL("fault_0", connect(tcp(), bad, 0));
	TELL("fault_negative", connect(tcp(), bad, (socklen_t)-1));
	TELL("null", connect(tcp(), NULL, 16));
	TELL("no_fd", connect(999, &good.sa, good.len));
	TELL("no_fd_fault", connect(999, bad, 16));
	TELL("negative_fd", connect(-1, &good.sa, good.len));
	TELL("no_socket", connect(ends[0], &good.sa, good.len));
	TELL("no_socket_fault", connect(ends[0], bad, 16));
	TELL("path", connect(path, &good.sa, good.len));
	good.sa.sa_family = AF_INET6;
	TELL("inet6_cut", connect(tcp(), &good.sa, good.len));
	TELL("inet6", connect(tcp(), &good.sa, 28));
	good.sa.sa_family = 77;
	TELL("family_77", connect(tcp(), &good.sa, good.len));
	good.sa.sa_family = AF_UNIX;
	TELL("unix", connect(tcp(), &good.sa, good.len));
}

static const struct test_case cases[] = {
	{"here", here, false},
	{"here_too", here_too, false},
	{"refused", refused, false},
	{"refused_far", refused_far, true},
	{"far", far, true},
	{"timeout", timeout, true},
	{"host_unreachable", host_unreachable, true},
	{"network_unreachable", network_unreachable, false},
	{"full_queue", full_queue, false},
	{"twice", twice, false},
	{"listening", listening, false},
	{"bound", bound, false},
	{"bound_unspec", bound_unspec, false},
	{"lengths", lengths, false},
	{"pointers", pointers, false},
};
CASE_LIST(cases_connect, cases);
