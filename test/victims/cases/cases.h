/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/cases/cases.h - what the cases share: results as text, addresses, sockets, timers
 *
 * Every case runs in a process of its own and tells its results as words that do not differ
 * from run to run; "case | results" is one line of output.
 */
#ifndef NETJAIL_TEST_VICTIMS_CASES_H
#define NETJAIL_TEST_VICTIMS_CASES_H

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>

/* This host, and what test/victims/delay_link.c makes of 10.0.0.0/8. */
#define HERE        "127.0.0.1"
#define HERE_TOO    "203.0.113.7"
#define FAR         "10.99.0.2"  /* answers, LINK_MS away in each direction */
#define SILENT      "10.98.0.9"  /* never answers */
#define UNREACHABLE "10.98.0.77" /* a router says so */
#define NO_ROUTE    "192.0.2.1"

/* The ports of test/victims/echo_servers.c; nobody listens on CLOSED. */
enum {
	CLOSED = 1,
	ECHO = 7001,
	ECHO_UDP = 7002,
	FULL = 7003,
	ECHO_MPTCP = 7004,
	ECHO_TFO = 7005
};

struct test_case {
	const char *name;
	void (*run)(void);
	bool far; /* needs the delay link */
};

struct case_list {
	const struct test_case *cases;
	size_t count;
};

#define CASE_LIST(name, cases)                                                           \
	const struct case_list name = {cases, sizeof(cases) / sizeof((cases)[0])}

extern const struct case_list cases_batches, cases_connect, cases_families,
	cases_nonblock, cases_send, cases_signals, cases_threads;

/* Until another's connect to FAR is under way, and long before it is over. */
void while_connecting(void);

/* Appends to the results of the case. */
void say(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* " tag=VALUE", or the name of errno for -1. */
void told(const char *tag, long result);
#define TELL(tag, call)                                                                  \
	do {                                                                             \
		errno = 0;                                                               \
		told(tag, (long)(call));                                                 \
	} while (0)
const char *errno_name(int error);

struct addr {
	union {
		struct sockaddr sa;
		char bytes[128];
	};
	socklen_t len;
};

/* An IPv4 or IPv6 address. */
struct addr addr_of(const char *text, int port);
/* AF_UNSPEC, which dissolves a connection. */
struct addr addr_none(void);
int connect_to(int sock, const char *text, int port);
int connect_addr(int sock, const struct addr *addr);

int tcp(void);
int tcp6(void);
int udp(void);
int udp6(void);
int mptcp(void);
void set_nonblocking(int sock);
void set_send_limit(int sock, int ms);
/* Receives that take longer than two seconds fail, so that every case ends. */
void set_receive_limit(int sock);

/* SO_ERROR, the peer, poll's bits, O_NONBLOCK and the state of the connection. */
void tell_state(int sock);
/* Sends two bytes and waits for them to come back. */
void tell_echo(int sock);
/* What an edge-triggered epoll says of the socket within `ms`. */
void tell_epoll(int sock, int ms);

/* SIGALRM first after `first_ms`, then every `every_ms`; counted in `alarms`. */
extern volatile int alarms;
void alarms_start(int first_ms, int every_ms, int flags);
void alarms_stop(void);

#endif
