/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_carry.c - connecting and settling real sockets on loopback without waiting
 */
#include "tracer/carry.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

#include "test/unit/harness.h"
#include "tracer/bell.h"

static const struct sockkind tcp4 = {AF_INET, SOCK_STREAM, IPPROTO_TCP};
static const struct sockkind tcp6 = {AF_INET6, SOCK_STREAM, IPPROTO_TCP};
static const struct sockkind udp4 = {AF_INET, SOCK_DGRAM, IPPROTO_UDP};

static struct destination to_port(uint16_t port)
{
	struct sockaddr_in in = {.sin_family = AF_INET,
				 .sin_port = port,
				 .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	struct destination dest = {.len = sizeof(in), .named = true};

	memcpy(dest.bytes, &in, sizeof(in));
	return dest;
}

/* A socket bound to a loopback port of the kernel's choice; listening when backlog >= 0. */
static int bound(int type, int backlog, uint16_t *ret_port)
{
	struct sockaddr_in in = {.sin_family = AF_INET,
				 .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t len = sizeof(in);
	int sock = socket(AF_INET, type | SOCK_CLOEXEC, 0);

	CHECK(bind(sock, (struct sockaddr *)&in, sizeof(in)) == 0);
	CHECK(getsockname(sock, (struct sockaddr *)&in, &len) == 0);
	if (backlog >= 0)
		CHECK(listen(sock, backlog) == 0);
	*ret_port = in.sin_port;
	return sock;
}

static int fresh(int type)
{
	return socket(AF_INET, type | SOCK_CLOEXEC, 0);
}

TEST(who_can_be_carried)
{
	static const struct {
		struct sockkind kind;
		bool impossible, waits;
	} cases[] = {
		{{AF_INET, SOCK_STREAM, IPPROTO_TCP}, false, true},
		{{AF_INET6, SOCK_STREAM, IPPROTO_TCP}, false, true},
		{{AF_INET, SOCK_STREAM, 262}, false, true}, /* MPTCP */
		{{AF_INET, SOCK_STREAM, IPPROTO_SCTP}, false, false},
		{{AF_INET, SOCK_SEQPACKET, IPPROTO_SCTP}, false, false},
		{{AF_INET, SOCK_DGRAM, IPPROTO_UDP}, false, false},
		{{AF_INET, SOCK_RAW, IPPROTO_TCP}, false, false},
		{{AF_UNIX, SOCK_STREAM, 0}, true, false},
		{{AF_UNIX, SOCK_STREAM, IPPROTO_TCP}, true, false},
		{{AF_NETLINK, SOCK_RAW, 0}, true, false},
		{{AF_VSOCK, SOCK_STREAM, 0}, false, false},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		CHECK(carry_is_impossible(&cases[i].kind) == cases[i].impossible);
		CHECK(carry_waits_by_send(&cases[i].kind) == cases[i].waits);
	}
}

TEST(nonblocking_is_asked_of_the_kernel)
{
	int sock = fresh(SOCK_STREAM), copy = dup(sock);

	CHECK(!carry_is_nonblocking(sock));
	fcntl(copy, F_SETFL, O_NONBLOCK); /* the flag is the open file's */
	CHECK(carry_is_nonblocking(sock));
	close(sock);
	close(copy);
	CHECK(!carry_is_nonblocking(sock));
	CHECK(!carry_is_nonblocking(-1));
}

static int connect_on(int sock, const struct sockkind *kind,
		      const struct destination *dest)
{
	return carry_connect(sock, kind, dest, carry_connect_waits(sock, kind));
}

/* The answer may not have arrived at once on a busy machine. */
static int decided(int sock, int result)
{
	struct pollfd ready = {sock, POLLOUT, 0};

	while (result == -EINPROGRESS || result == -EALREADY) {
		CHECK(poll(&ready, 1, 5000) == 1);
		result = carry_settle(sock, AF_INET);
	}
	return result;
}

TEST(idle_sockets_do_not_settle)
{
	int sock = fresh(SOCK_STREAM);

	CHECK(carry_settle(sock, AF_INET) == -EINVAL);
	CHECK(!carry_is_nonblocking(sock));
	CHECK(carry_settle(-1, AF_INET) == -EBADF);
	close(sock);
}

TEST(connects_at_once_on_loopback)
{
	uint16_t port;
	int listener = bound(SOCK_STREAM, 8, &port);
	struct destination dest = to_port(port);
	int sock = fresh(SOCK_STREAM), nonblocking = fresh(SOCK_STREAM | SOCK_NONBLOCK);
	struct pollfd ready = {nonblocking, POLLOUT, 0};

	CHECK(decided(sock, connect_on(sock, &tcp4, &dest)) == 0);
	CHECK(!carry_is_nonblocking(sock));
	CHECK(carry_settle(sock, AF_INET) == -EISCONN);
	CHECK(connect_on(sock, &tcp4, &dest) == -EISCONN);
	/* A non-blocking program sees EINPROGRESS first, as it does natively. */
	CHECK(connect_on(nonblocking, &tcp4, &dest) == -EINPROGRESS);
	CHECK(carry_is_nonblocking(nonblocking));
	CHECK(poll(&ready, 1, 5000) == 1 && ready.revents == POLLOUT);
	CHECK(carry_settle(nonblocking, AF_INET) == 0);
	CHECK(carry_settle(nonblocking, AF_INET) == -EISCONN);
	CHECK(carry_is_nonblocking(nonblocking));
	close(sock);
	close(nonblocking);
	close(listener);
}

TEST(refused_and_used_again)
{
	uint16_t port, open_port;
	int closed = bound(SOCK_STREAM, -1, &port);
	int listener = bound(SOCK_STREAM, 8, &open_port);
	struct destination dest = to_port(port), open_dest = to_port(open_port);
	int sock = fresh(SOCK_STREAM), pending = 0;
	socklen_t len = sizeof(pending);

	CHECK(decided(sock, connect_on(sock, &tcp4, &dest)) == -ECONNREFUSED);
	CHECK(!carry_is_nonblocking(sock));
	CHECK(getsockopt(sock, SOL_SOCKET, SO_ERROR, &pending, &len) == 0 &&
	      pending == 0);
	/* net/ipv4/af_inet.c: the state after a failure that connect(2) has told. */
	CHECK(carry_settle(sock, AF_INET) == -EINVAL);
	CHECK(decided(sock, connect_on(sock, &tcp4, &open_dest)) == 0);
	close(sock);
	close(listener);
	close(closed);
}

/* A full queue keeps a connection under way for as long as the test wants. */
TEST(connecting_sockets)
{
	uint16_t port;
	int listener = bound(SOCK_STREAM, 0, &port);
	struct destination dest = to_port(port);
	int fill[4], sock = fresh(SOCK_STREAM);

	for (size_t i = 0; i < ARRAY_LEN(fill); i++) {
		fill[i] = fresh(SOCK_STREAM | SOCK_NONBLOCK);
		CHECK(connect_on(fill[i], &tcp4, &dest) == -EINPROGRESS);
	}
	CHECK(connect_on(sock, &tcp4, &dest) == -EINPROGRESS);
	CHECK(!carry_is_nonblocking(sock));
	CHECK(carry_settle(sock, AF_INET) == -EALREADY);
	CHECK(!carry_is_nonblocking(sock));
	CHECK(connect_on(sock, &tcp4, &dest) == -EALREADY);
	CHECK(!carry_is_nonblocking(sock));
	close(sock);
	for (size_t i = 0; i < ARRAY_LEN(fill); i++)
		close(fill[i]);
	close(listener);
}

static struct destination to_loopback6(uint16_t port)
{
	struct sockaddr_in6 in6 = {.sin6_family = AF_INET6,
				   .sin6_port = port,
				   .sin6_addr = in6addr_loopback};
	struct destination dest = {.len = sizeof(in6), .named = true};

	memcpy(dest.bytes, &in6, sizeof(in6));
	return dest;
}

TEST(what_is_near_is_connected_as_the_socket_says)
{
	uint16_t port, closed_port;
	int listener = bound(SOCK_STREAM, 8, &port), result = 1;
	int closed = bound(SOCK_STREAM, -1, &closed_port);
	struct destination dest = to_port(port), nobody = to_port(closed_port), far = dest;
	int sock = fresh(SOCK_STREAM), nonblocking = fresh(SOCK_STREAM | SOCK_NONBLOCK);
	int six = socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
	struct destination dest6 = to_loopback6(closed_port);
	bool waits = true;

	far.bytes[4] = 192;
	CHECK(!carry_connect_near(sock, &udp4, &dest, &result, &waits));
	CHECK(!carry_connect_near(sock, &tcp4, &far, &result, &waits));
	bell_listen(NULL);
	CHECK(carry_connect_near(sock, &tcp4, &nobody, &result, &waits));
	CHECK(result == -ECONNREFUSED && !waits);
	CHECK(carry_connect_near(sock, &tcp4, &dest, &result, &waits));
	CHECK(result == 0 && !waits);
	CHECK(!carry_is_nonblocking(sock));
	CHECK(carry_connect_near(sock, &tcp4, &dest, &result, &waits));
	CHECK(result == -EISCONN && !waits);
	CHECK(carry_connect_near(nonblocking, &tcp4, &dest, &result, &waits));
	CHECK(result == -EINPROGRESS && !waits);
	CHECK(decided(nonblocking, result) == 0);
	if (six >= 0) {
		CHECK(carry_connect_near(six, &tcp6, &dest6, &result, &waits));
		CHECK(result < 0 && result != -EINPROGRESS && !waits);
		close(six);
	}
	close(sock);
	close(nonblocking);
	close(closed);
	close(listener);
	bell_end();
}

/* Nobody is held by one that is not decided, and the next are not tried for a while. */
TEST(what_is_near_and_does_not_answer)
{
	uint16_t port, open_port;
	int listener = bound(SOCK_STREAM, 0, &port), result = 0, begun = 0;
	int open = bound(SOCK_STREAM, 256, &open_port), tried = 0;
	struct destination dest = to_port(port), open_dest = to_port(open_port);
	int fill[4], sock = fresh(SOCK_STREAM), taken;
	bool waits = false;

	bell_listen(NULL);
	for (size_t i = 0; i < ARRAY_LEN(fill); i++) {
		fill[i] = fresh(SOCK_STREAM | SOCK_NONBLOCK);
		CHECK(connect_on(fill[i], &tcp4, &dest) == -EINPROGRESS);
	}
	CHECK(carry_connect_near(sock, &tcp4, &dest, &result, &waits));
	CHECK(result == -EINPROGRESS && waits);
	CHECK(!carry_is_nonblocking(sock));
	while (!tried && begun < 1000) {
		taken = fresh(SOCK_STREAM);
		tried = carry_connect_near(taken, &tcp4, &open_dest, &result, &waits);
		begun += !tried;
		close(taken);
	}
	CHECK(tried && begun == 64 && result == 0 && !waits);
	/* One that has begun is not begun again. */
	CHECK(!carry_connect_near(sock, &tcp4, &dest, &result, &waits));
	close(sock);
	for (size_t i = 0; i < ARRAY_LEN(fill); i++)
		close(fill[i]);
	close(listener);
	close(open);
	bell_end();
}

TEST(datagrams)
{
	uint16_t port;
	int receiver = bound(SOCK_DGRAM, -1, &port), sock = fresh(SOCK_DGRAM);
	struct destination dest = to_port(port), nowhere = {.len = 2, .named = true};
	char byte = 0;

	CHECK(connect_on(sock, &udp4, &dest) == 0);
	CHECK(connect_on(sock, &udp4, &dest) == 0); /* again is allowed */
	CHECK(send(sock, "x", 1, 0) == 1 && recv(receiver, &byte, 1, 0) == 1 &&
	      byte == 'x');
	CHECK(connect_on(sock, &udp4, &nowhere) == 0); /* AF_UNSPEC */
	CHECK(send(sock, "x", 1, 0) == -1 && errno == EDESTADDRREQ);
	close(sock);
	close(receiver);
}

TEST(wrong_addresses)
{
	int sock = fresh(SOCK_STREAM),
	    six = socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
	struct destination none = {.len = 0, .named = true}, cut = to_port(1),
			   four = to_port(1);

	cut.len = 15;
	CHECK(connect_on(sock, &tcp4, &none) == -EINVAL);
	CHECK(connect_on(sock, &tcp4, &cut) == -EINVAL);
	if (six >= 0) { /* too short for an IPv6 address, and not one */
		CHECK(connect_on(six, &tcp6, &four) < 0);
		CHECK(!carry_is_nonblocking(six));
		close(six);
	}
	CHECK(!carry_is_nonblocking(sock));
	CHECK(connect_on(-1, &tcp4, &four) == -EBADF);
	close(sock);
}
