/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/traffic.h - bytes of TCP connections, as the kernel counts them
 *
 * Theory of operation
 *   Problem:    reads and writes do not stop, and must not; a close would have to stop,
 *               with every file that is closed, to ask its socket in time.
 *   Mechanism:  the kernel broadcasts each TCP socket that it destroys with its tcp_info
 *               (sock_diag, Linux 4.2, wants CAP_NET_ADMIN). SO_COOKIE tells which socket
 *               it was. What is still there at the end of the run is asked for, which
 *               needs no rights.
 *   Rejected:   to keep a duplicate and ask that: the peer would not see the end when the
 *               program closes.
 *   Invariants: nothing rests on these numbers. MUST NOT keep more than a bound.
 */
#ifndef NETJAIL_TRACER_TRAFFIC_H
#define NETJAIL_TRACER_TRAFFIC_H

#include <stdbool.h>

#include "audit/life.h"
#include "base/cleanup.h"

struct event;
struct traffic;
struct who;

/* A connection that has ended, or that the run has outlived. */
typedef void (*traffic_fn)(void *context, const struct closed *closed,
			   const struct who *who);

must_check struct traffic *traffic_new(traffic_fn tell, void *context);
void traffic_free(struct traffic *traffic); /* accepts NULL */

/* False when the kernel does not say which sockets end. */
must_check bool traffic_hears(const struct traffic *traffic);

/* A connection has begun: remembers it by its cookie. */
void traffic_opened(struct traffic *traffic, const struct event *event, bool inbound);
/* Tells what has ended since; does not wait. */
void traffic_drain(struct traffic *traffic);
/* Tells the rest: asks for those that are there yet. */
void traffic_end(struct traffic *traffic);

#endif
