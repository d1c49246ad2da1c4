/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/rthdr.h - a routing header of IPv6: type 4 (RFC 8754) or type 2 (RFC 6275)
 */
#ifndef NETJAIL_TEST_RTHDR_H
#define NETJAIL_TEST_RTHDR_H

#include "door.h"

/* Segments stand in reverse: the last hop first. */
static inline size_t make_header(unsigned char *header, int type,
				 const struct endpoint *hop, const struct endpoint *last)
{
	memset(header, 0, 40);
	header[2] = (unsigned char)type;
	header[3] = 1;
	if (type == 2) {
		header[1] = 2;
		memcpy(header + 8, &hop->v6.sin6_addr, 16);
		return 24;
	}
	header[1] = 4;
	header[4] = 1;
	memcpy(header + 8, &last->v6.sin6_addr, 16);
	memcpy(header + 24, &hop->v6.sin6_addr, 16);
	return 40;
}

#endif
