/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rules/match.h - does one target match one request
 */
#ifndef NETJAIL_RULES_MATCH_H
#define NETJAIL_RULES_MATCH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/cleanup.h"
#include "rules/proto.h"
#include "rules/rule.h"

/* A request in the one form in which it is judged; made once, then held against every
 * rule. */
struct subject {
	const struct ruleset *set;
	const struct request *request;
	int family; /* of the end; of the socket for socket(2) */
	bool is_ip; /* `addr` and `port` are there */
	enum proto proto;
	struct addr addr; /* canonical; where a call to an unspecified address goes */
	uint16_t port;
};

must_check struct subject subject_from(const struct ruleset *set,
				       const struct request *request);

/* `verdict` is what the target's rule says: letting through to one unix end allows making
 * the socket for it, refusing one does not refuse the socket. Of a set's members nothing
 * is known here: a set matches, as far as ports and protocol do. */
must_check bool target_match(const struct target *target, enum verdict verdict,
			     const struct subject *subject);

#endif
