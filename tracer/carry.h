/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/carry.h - network calls that netjail makes itself, on the judged copy and socket
 *
 * MUST never block: one task's call is not allowed to hold the others. Where a socket
 *      may make it wait, the bell (tracer/bell) ends that.
 * MUST leave the socket as the program's own call would leave it.
 */
#ifndef NETJAIL_TRACER_CARRY_H
#define NETJAIL_TRACER_CARRY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/cleanup.h"
#include "net/sockkind.h"
#include "tracer/request.h"

/* True for AF_UNIX and netlink, whose calls show the receiver who makes them
 * (SO_PEERCRED, SCM_CREDENTIALS, the netlink port id): netjail cannot make them in the
 * program's place. */
must_check bool carry_is_impossible(const struct sockkind *kind);

/* True when calls on the socket's open file do not wait (O_NONBLOCK). */
must_check bool carry_is_nonblocking(int sock);

/* True when sendto(2) on a connecting socket of that kind waits for the connection (TCP,
 * MPTCP). */
must_check bool carry_waits_by_send(const struct sockkind *kind);

/* True when the program's own connect(2) on the socket may have to wait. */
must_check bool carry_connect_waits(int sock, const struct sockkind *kind);

/* connect(2) without waiting; 0 or -errno. `waits` is what carry_connect_waits says: then
 * -EINPROGRESS or -EALREADY mean that the program has to wait for it. */
must_check int carry_connect(int sock, const struct sockkind *kind,
			     const struct destination *dest, bool waits);

/* connect(2) as the socket says, with *ret_result (0 or -errno), for what is decided
 * without waiting: a stream to this host over loopback. *ret_waits: it is not, and the
 * program has to wait for it. False: not tried, and nothing has happened. */
must_check bool carry_connect_near(int sock, const struct sockkind *kind,
				   const struct destination *dest, int *ret_result,
				   bool *ret_waits);

/* connect(2) that never waits, whatever the socket says; 0 or -errno, -EINPROGRESS
 * among them. */
must_check int carry_connect_at_once(int sock, const struct destination *dest);

/* Moves the state of a connecting socket on, without being able to start a connection:
 * connect(2) with an address too short to name anything. 0, -EALREADY, or the
 * connection's error; -EINVAL when the socket is idle (net/ipv4/af_inet.c
 * __inet_stream_connect). */
must_check int carry_settle(int sock, int family);

#endif
