/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rules/match.c - does one target match one request
 */
#include "rules/match.h"

#include <assert.h>
#include <string.h>
#include <sys/socket.h>

#include "rules/glob.h"
#include "rules/name.h"

static int family_of(const struct request *request)
{
	const struct sockkind *sock = &request->sock;

	/* Packet sockets do not look at the family of a name (packet_snd,
	 * net/packet/af_packet.c). */
	if (sock->domain == AF_PACKET)
		return AF_PACKET;
	if (request->kind != REQUEST_SOCKET)
		return request->end.family;
	/* socket(AF_INET, SOCK_PACKET) makes a packet socket (__sock_create,
	 * net/socket.c). */
	if (sock->domain == AF_INET && sock->type == SOCK_PACKET)
		return AF_PACKET;
	return sock->domain;
}

/* Connecting or sending to 0.0.0.0 or :: reaches this machine
 * (ip_route_output_key_hash_rcu in net/ipv4/route.c, tcp_v6_connect in
 * net/ipv6/tcp_ipv6.c), so it is judged as loopback. A bind to them is a bind to every
 * address and stays. */
static struct addr reached(struct addr addr)
{
	static const uint8_t v4[4] = {127, 0, 0, 1};
	static const uint8_t v6[16] = {[15] = 1};

	if (!addr_is_unspecified(&addr))
		return addr;
	return addr.family == ADDR_V4 ? addr_from_v4(v4) : addr_from_v6(v6, 0);
}

struct subject subject_from(const struct ruleset *set, const struct request *request)
{
	struct subject subject = {
		.set = set,
		.request = request,
		.family = family_of(request),
		.proto = proto_of(&request->sock),
	};

	if (request->kind == REQUEST_SOCKET ||
	    (subject.family != AF_INET && subject.family != AF_INET6))
		return subject;
	subject.is_ip = true;
	subject.addr = addr_canonical(request->end.inet.addr);
	subject.port = request->end.inet.port;
	if (request->kind != REQUEST_BIND)
		subject.addr = reached(subject.addr);
	return subject;
}

static bool match_any(const struct target *target, const struct subject *subject)
{
	(void)target;
	(void)subject;
	return true;
}

static bool match_prefix(const struct target *target, const struct subject *subject)
{
	return addr_in_prefix(&subject->addr, &target->prefix);
}

static bool match_name(const struct target *target, const struct subject *subject)
{
	struct span name =
		nametable_name(&subject->set->index->names, target->name.entry);
	const struct request *request = subject->request;

	for (unsigned i = 0; i < request->name_count; i++) {
		struct span host = {request->names[i], strlen(request->names[i])};

		if (name_covers(name, target->name.covers, host))
			return true;
	}
	return false;
}

static bool match_direct(const struct target *target, const struct subject *subject)
{
	(void)target;
	return subject->request->name_count == 0;
}

/* 0.0.0.0 and :: as local addresses count as `internet`: they can be reached from there.
 */
static bool match_scope(const struct target *target, const struct subject *subject)
{
	return subject->addr.family != ADDR_NONE &&
	       addr_scope_of(&subject->addr) == target->scope;
}

static bool match_resolvers(const struct target *target, const struct subject *subject)
{
	(void)target;
	for (size_t i = 0; i < subject->set->resolver_count; i++) {
		if (addr_equal(&subject->addr, &subject->set->resolvers[i]))
			return true;
	}
	return false;
}

static bool match_family(const struct target *target, const struct subject *subject)
{
	return subject->family == target->family;
}

/* Of a raw socket every call, whatever its address: with IP_HDRINCL the packet's own
 * header says where it goes (raw(7)). */
static bool match_raw(const struct target *target, const struct subject *subject)
{
	(void)target;
	return subject->proto == PROTO_RAW;
}

static bool match_unix(const struct target *target, const struct subject *subject)
{
	const struct endpoint *end = &subject->request->end;
	bool abstract = target->kind == TARGET_UNIX_ABSTRACT;
	struct span name = {(const char *)end->un.path, end->un.path_len};

	if (subject->family != AF_UNIX || name.len == 0 || !!end->un.abstract != abstract)
		return false;
	return glob_match(target->glob, abstract ? span_tail(name, 1) : name);
}

static const struct {
	bool is_ip;
	bool (*match)(const struct target *target, const struct subject *subject);
} kinds[] = {
	[TARGET_ANY] = {true, match_any},
	[TARGET_PREFIX] = {true, match_prefix},
	[TARGET_NAME] = {true, match_name},
	[TARGET_SET] = {true, match_any}, /* the index knows the members, and asks */
	[TARGET_SCOPE] = {true, match_scope},
	[TARGET_RESOLVERS] = {true, match_resolvers},
	[TARGET_DIRECT] = {true, match_direct},
	[TARGET_FAMILY] = {false, match_family},
	[TARGET_RAW] = {false, match_raw},
	[TARGET_UNIX_PATH] = {false, match_unix},
	[TARGET_UNIX_ABSTRACT] = {false, match_unix},
};
static_assert(ARRAY_LEN(kinds) == TARGET_NUM_, "match every kind of target");

/* What ports and protocol say; ICMP and raw sockets have no ports, and the field in their
 * address is not looked at by the kernel, so a target with ports is not about them. */
static bool match_transport(const struct target *target, const struct subject *subject)
{
	const struct port_range *ranges = subject->set->ports.ranges;

	if (target->protos && !(target->protos & subject->proto))
		return false;
	if (target->port_count == 0)
		return true;
	return !(subject->proto & PROTO_PORTLESS) &&
	       ports_match(ranges + target->port_at, target->port_count, subject->port);
}

bool target_match(const struct target *target, enum verdict verdict,
		  const struct subject *subject)
{
	enum request_kind kind = subject->request->kind;

	if ((kind == REQUEST_BIND) != target->bind)
		return false;
	if (kinds[target->kind].is_ip)
		return subject->is_ip && match_transport(target, subject) &&
		       kinds[target->kind].match(target, subject);
	if (kind == REQUEST_SOCKET && target_is_unix_name(target))
		return subject->family == AF_UNIX &&
		       (verdict_lets_through(verdict) || verdict == VERDICT_ASK);
	return kinds[target->kind].match(target, subject);
}
