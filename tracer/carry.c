/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/carry.c - network calls that netjail makes itself, on the judged copy and socket
 */
#include "tracer/carry.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include "tracer/bell.h"

bool carry_is_impossible(const struct sockkind *kind)
{
	return kind->domain == AF_UNIX || kind->domain == AF_NETLINK;
}

bool carry_is_nonblocking(int sock)
{
	int flags = fcntl(sock, F_GETFL);

	return flags >= 0 && (flags & O_NONBLOCK);
}

bool carry_connect_waits(int sock, const struct sockkind *kind)
{
	return kind->type != SOCK_DGRAM && kind->type != SOCK_RAW &&
	       !carry_is_nonblocking(sock);
}

/* FIONBIO, not F_SETFL: it changes the one flag atomically, so that flags which another
 * thread sets meanwhile are not lost. */
static void set_nonblocking(int sock, int on)
{
	(void)ioctl(sock, FIONBIO, &on);
}

/* -EINTR: it waited until the bell rang, and goes on connecting. */
static int connect_rung(int sock, const void *bytes, socklen_t len)
{
	int result;

	(void)bell_start();
	result = connect(sock, bytes, len) < 0 ? -errno : 0;
	bell_stop();
	return result;
}

/* On a non-blocking socket. One that another thread has made blocking since does not hold
 * netjail: it goes on connecting, as one that had been non-blocking. */
static int connect_bytes(int sock, const void *bytes, socklen_t len)
{
	int result = connect_rung(sock, bytes, len);

	return result == -EINTR ? -EINPROGRESS : result;
}

static bool is_undecided(int result)
{
	return result == -EINPROGRESS || result == -EALREADY;
}

static int settle_nonblocking(int sock, int family)
{
	struct sockaddr address = {.sa_family = (sa_family_t)family};

	return connect_bytes(sock, &address, sizeof(address.sa_family));
}

int carry_settle(int sock, int family)
{
	bool blocking = !carry_is_nonblocking(sock);
	int result;

	if (blocking)
		set_nonblocking(sock, 1);
	result = settle_nonblocking(sock, family);
	if (blocking)
		set_nonblocking(sock, 0);
	return result;
}

bool carry_waits_by_send(const struct sockkind *kind)
{
	return sockkind_is_inet(kind) && kind->type == SOCK_STREAM &&
	       (kind->protocol == IPPROTO_TCP || kind->protocol == IPPROTO_MPTCP);
}

int carry_connect_at_once(int sock, const struct destination *dest)
{
	bool blocking = !carry_is_nonblocking(sock);
	int result;

	if (blocking)
		set_nonblocking(sock, 1);
	result = connect_bytes(sock, dest->bytes, dest->len);
	if (blocking)
		set_nonblocking(sock, 0);
	return result;
}

/* poll(2) asks without the socket's lock: an ICMP error that comes while that is held
 * does not end a connection but waits in SO_ERROR (tcp_v4_err, net/ipv4/tcp_ipv4.c). */
static bool is_decided(int sock)
{
	struct pollfd asked = {.fd = sock, .events = POLLOUT};

	return poll(&asked, 1, 0) != 0;
}

static bool is_near(const struct destination *dest)
{
	struct sockaddr_in in;
	struct sockaddr_in6 in6;

	if (dest->len < sizeof(in))
		return false;
	memcpy(&in, dest->bytes, sizeof(in));
	if (in.sin_family == AF_INET)
		return ntohl(in.sin_addr.s_addr) >> IN_CLASSA_NSHIFT == IN_LOOPBACKNET;
	if (in.sin_family != AF_INET6 || dest->len < sizeof(in6))
		return false;
	memcpy(&in6, dest->bytes, sizeof(in6));
	return IN6_IS_ADDR_LOOPBACK(&in6.sin6_addr);
}

/* One that was not decided tells of a full queue or a packet filter: so many of the next
 * are not tried. */
#define NOT_TRIED 64

/* The bell may ring while the answer comes. */
static int connect_near(int sock, int family, const struct destination *dest)
{
	int result = connect_rung(sock, dest->bytes, dest->len);

	if (result != -EINTR || !is_decided(sock))
		return result;
	result = settle_nonblocking(sock, family);
	if (is_undecided(result))
		return -EINTR;
	return result == -EISCONN ? 0 : result;
}

/* Over loopback the kernel answers each packet while it is being sent, so that the
 * connection is there before connect(2) would sleep: without O_NONBLOCK it says so at
 * once, as to the program. Not on one that has begun: whether that is EINPROGRESS or
 * EALREADY would not be known of one that was rung. */
bool carry_connect_near(int sock, const struct sockkind *kind,
			const struct destination *dest, int *ret_result, bool *ret_waits)
{
	static unsigned not_tried;
	int result;

	if (!carry_waits_by_send(kind) || !is_near(dest))
		return false;
	if (not_tried) {
		not_tried--;
		return false;
	}
	if (!is_decided(sock) || !bell_start()) {
		bell_stop();
		return false;
	}
	result = connect_near(sock, kind->domain, dest);
	*ret_waits = result == -EINTR;
	if (*ret_waits)
		not_tried = NOT_TRIED;
	*ret_result = *ret_waits ? -EINPROGRESS : result;
	return true;
}

int carry_connect(int sock, const struct sockkind *kind, const struct destination *dest,
		  bool waits)
{
	int result, settled;

	if (!waits)
		return connect_bytes(sock, dest->bytes, dest->len);
	set_nonblocking(sock, 1);
	result = connect_bytes(sock, dest->bytes, dest->len);
	if (is_undecided(result) && carry_waits_by_send(kind)) {
		/* On loopback the answer has arrived already and waits to be looked
		 * at. */
		settled = is_decided(sock) ? settle_nonblocking(sock, kind->domain)
					   : -EALREADY;
		if (settled != -EALREADY)
			result = settled == -EISCONN ? 0 : settled;
	}
	set_nonblocking(sock, 0);
	return result;
}
