/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rules/target.h - what a rule is about: HOST[:PORTS][/PROTO], or a family without IP
 *
 * HOST is an address, a prefix, a scope, a host name, a set or `*`. IPv6 stands in
 * brackets when ports follow; `[2001:db8::]/32:443` and `[2001:db8::/32]:443` mean the
 * same.
 * A unix path is held against the path as the request has it: neither links nor `..` are
 * followed here. '?' in its pattern also stands for a blank and for '#'.
 */
#ifndef NETJAIL_RULES_TARGET_H
#define NETJAIL_RULES_TARGET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/cleanup.h"
#include "net/addr.h"
#include "rules/diag.h"
#include "rules/ports.h"
#include "rules/words.h"

struct ruleset;

enum target_kind {
	TARGET_ANY = 0,       /* IP ends: `*` */
	TARGET_PREFIX,        /* an address or CIDR prefix */
	TARGET_NAME,          /* a host name, and maybe those below */
	TARGET_SET,           /* a named set of both */
	TARGET_SCOPE,         /* localhost, lan, ... */
	TARGET_RESOLVERS,     /* the name servers in use */
	TARGET_DIRECT,        /* addresses that no name stands for */
	TARGET_FAMILY,        /* no IP: every socket of a family */
	TARGET_RAW,           /* raw sockets of IPv4 and IPv6 */
	TARGET_UNIX_PATH,     /* unix sockets by path, a glob */
	TARGET_UNIX_ABSTRACT, /* unix sockets by abstract name, a glob */
	TARGET_NUM_
};

struct target {
	enum target_kind kind;
	/* a local address; `bind` counts for the one target it stands before */
	bool bind;
	uint16_t protos;     /* PROTO_* bits; 0 = every protocol */
	uint32_t rule;       /* that it is of */
	uint32_t port_at;    /* its ranges in the ruleset's list */
	uint32_t port_count; /* 0 = every port */
	union {
		struct addr_prefix prefix;
		enum addr_scope scope;
		struct {
			uint32_t entry; /* in the index's table */
			unsigned covers;
		} name;
		uint32_t set;
		int family;
		struct span glob; /* points into the rule text */
	};
};

/* True for the kinds that are about addresses. */
must_check bool target_is_ip(const struct target *target);
/* True for patterns of AF_UNIX names. */
must_check bool target_is_unix_name(const struct target *target);

/* Every word that can begin a target. */
extern const struct words target_words;

/* Reads one word; with `bind` only IP ends are taken. Ports, names and sets go into the
 * ruleset. 0, or -EINVAL with the error filled; *ret_target is untouched then. */
must_check int target_parse(struct span word, bool bind, struct ruleset *set,
			    struct target *ret_target, const struct diag *diag);

/* The same for the word after `family`: "vsock" or "AF_VSOCK". */
must_check int target_parse_family(struct span name, struct target *ret_target,
				   const struct diag *diag);

#endif
