/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/prepared.h - what sockets bring along that leads a judged call elsewhere
 */
#ifndef NETJAIL_TRACER_PREPARED_H
#define NETJAIL_TRACER_PREPARED_H

#include "base/cleanup.h"

struct buf;

/* Take it from a socket of ours, not made or not watched by netjail until now: 0 when
 * there was nothing, 1 when it is gone and what it was, for people, stands in `what`;
 * -errno when the kernel would not do it. */

/* Source routes. */
must_check int prepared_take_route(int sock, struct buf *what);
/* A datagram that is begun, and source routes. */
must_check int prepared_take_all(int sock, struct buf *what);

#endif
