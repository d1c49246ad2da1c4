/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/carry.c - network calls that netjail makes itself, on the judged copy and socket
 */
#include "tracer/carry.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
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

/* On a non-blocking socket. One that another thread has made blocking since does not hold
 * netjail: it goes on connecting, as one that had been non-blocking. */
static int connect_bytes(int sock, const void *bytes, socklen_t len)
{
	int result;

	bell_start();
	result = connect(sock, bytes, len) < 0 ? -errno : 0;
	bell_stop();
	return result == -EINTR ? -EINPROGRESS : result;
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

int carry_connect(int sock, const struct sockkind *kind, const struct destination *dest,
		  bool waits)
{
	int result, settled;

	if (!waits)
		return connect_bytes(sock, dest->bytes, dest->len);
	set_nonblocking(sock, 1);
	result = connect_bytes(sock, dest->bytes, dest->len);
	if ((result == -EINPROGRESS || result == -EALREADY) &&
	    carry_waits_by_send(kind)) {
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
