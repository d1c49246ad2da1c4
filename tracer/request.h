/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/request.h - address bytes of a call -> the end that the kernel would reach with
 * them
 *
 * Contract:  pure; the bytes are hostile. The copy is what netjail acts on, so that a
 *            meaning given to the bytes here is the meaning the kernel gives them.
 */
#ifndef NETJAIL_TRACER_REQUEST_H
#define NETJAIL_TRACER_REQUEST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/cleanup.h"
#include "rules/request.h"

struct destination {
	uint8_t bytes[ENDPOINT_RAW_MAX];
	uint32_t len;
	bool named; /* the program gave an address at all */
};

/* The end that `dest` names for a call of that kind on such a socket; false when it names
 * none (AF_UNSPEC that dissolves a connection, bytes that the kernel rejects). May
 * rewrite the family in the copy where the kernel takes AF_UNSPEC for the socket's own
 * family. */
must_check bool request_end(enum request_kind kind, const struct sockkind *sock,
			    struct destination *dest, struct endpoint *ret_end);

/* True for 0.0.0.0 and :: with any port. */
must_check bool request_is_unspecified(const struct endpoint *end);

/* The unspecified address as a destination means this host: puts the address that the
 * kernel will take into `end`, and for IPv4 into the copy. `local` is what the socket is
 * bound to, NULL if unknown. net/ipv4/route.c ip_route_output_key_hash_rcu,
 * net/ipv6/tcp_ipv6.c tcp_v6_connect. */
void request_resolve_unspecified(const struct endpoint *local, struct destination *dest,
				 struct endpoint *end);

#endif
