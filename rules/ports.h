/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rules/ports.h - the PORTS of a target: numbers, ranges and service names
 */
#ifndef NETJAIL_RULES_PORTS_H
#define NETJAIL_RULES_PORTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/cleanup.h"
#include "rules/diag.h"

struct port_range {
	uint16_t first;
	uint16_t last;
};

/* The ranges of many targets, one after another. Zeroed = empty. */
struct port_list {
	struct port_range *ranges;
	size_t count;
	size_t cap;
};

void port_list_done(struct port_list *list);

/* Appends the ranges of "80,443,8000-8999,https". A service is looked up for the protocol
 * `service` ("tcp", or NULL for any), and for any protocol when it has none of that name.
 * 0 or -EINVAL with the error filled; the list may then hold the ranges before it. */
must_check int ports_parse(struct port_list *list, struct span text, const char *service,
			   const struct diag *diag);

must_check bool ports_match(const struct port_range *ranges, size_t count, uint16_t port);

#endif
