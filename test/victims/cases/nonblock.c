/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/cases/nonblock.c - connects that do not wait, and connections dissolved by AF_UNSPEC
 */
#include <fcntl.h>

#include "cases.h"

static int nonblocking_tcp(void)
{
	int sock = tcp();

	set_nonblocking(sock);
	return sock;
}

static void made_far(void)
{
	int sock = nonblocking_tcp();

	TELL("first", connect_to(sock, FAR, ECHO));
	TELL("second", connect_to(sock, FAR, ECHO));
	tell_epoll(sock, 2000);
	TELL("third", connect_to(sock, FAR, ECHO));
	TELL("fourth", connect_to(sock, FAR, ECHO));
	tell_state(sock);
}

static void made_here(void)
{
	int sock = nonblocking_tcp();

	TELL("first", connect_to(sock, HERE, ECHO));
	tell_epoll(sock, 2000);
	tell_state(sock);
	TELL("second", connect_to(sock, HERE, ECHO));
	TELL("third", connect_to(sock, HERE, ECHO));
}

static void refused_far(void)
{
	int sock = nonblocking_tcp();

	TELL("first", connect_to(sock, FAR, CLOSED));
	tell_epoll(sock, 2000);
	TELL("second", connect_to(sock, FAR, CLOSED));
	tell_state(sock);
	TELL("elsewhere", connect_to(sock, HERE, ECHO));
	tell_epoll(sock, 2000);
	tell_state(sock);
}

/* SO_ERROR takes the error first. */
static void refused_far_read(void)
{
	int sock = nonblocking_tcp();

	TELL("first", connect_to(sock, FAR, CLOSED));
	tell_epoll(sock, 2000);
	tell_state(sock);
	TELL("second", connect_to(sock, FAR, CLOSED));
	tell_epoll(sock, 500);
	tell_state(sock);
}

static void refused_here(void)
{
	int sock = nonblocking_tcp();

	TELL("connect", connect_to(sock, HERE, CLOSED));
	tell_epoll(sock, 2000);
	tell_state(sock);
}

static void then_blocking(void)
{
	int sock = nonblocking_tcp();

	TELL("first", connect_to(sock, FAR, ECHO));
	fcntl(sock, F_SETFL, 0);
	TELL("second", connect_to(sock, FAR, ECHO));
	tell_state(sock);
	TELL("third", connect_to(sock, FAR, ECHO));
}

static void dissolved(void)
{
	struct addr none = addr_none();
	int sock = tcp();

	TELL("idle", connect_addr(sock, &none));
	TELL("first", connect_to(sock, HERE, ECHO));
	TELL("none", connect_addr(sock, &none));
	tell_state(sock);
	none.len = 2;
	TELL("none_2", connect_addr(sock, &none));
	none.len = 1;
	TELL("none_1", connect_addr(sock, &none));
	TELL("second", connect_to(sock, HERE, ECHO));
	tell_state(sock);
}

static void dissolved_pending(void)
{
	struct addr none = addr_none();
	int sock = nonblocking_tcp();

	TELL("first", connect_to(sock, SILENT, 80));
	TELL("none", connect_addr(sock, &none));
	tell_state(sock);
	TELL("second", connect_to(sock, HERE, ECHO));
	tell_epoll(sock, 500);
	tell_state(sock);
}

static const struct test_case cases[] = {
	{"nonblocking_far", made_far, true},
	{"nonblocking_here", made_here, false},
	{"nonblocking_refused_far", refused_far, true},
	{"nonblocking_refused_far_read", refused_far_read, true},
	{"nonblocking_refused_here", refused_here, false},
	{"nonblocking_then_blocking", then_blocking, true},
	{"dissolved", dissolved, false},
	{"dissolved_pending", dissolved_pending, true},
};
CASE_LIST(cases_nonblock, cases);
