/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/sealed.c - calls that the program makes itself, on judged bytes that it cannot
 * change
 */
#include "tracer/sealed.h"

#include <errno.h>
#include <linux/in.h>
#include <string.h>
#include <sys/socket.h>

#include "rules/ruleset.h"
#include "tracer/carry.h"
#include "tracer/guard.h"
#include "tracer/handed.h"
#include "tracer/seal.h"

/* What stands in a slot. */
struct slot {
	uint8_t header[64]; /* struct msghdr of either word size */
	uint8_t name[ENDPOINT_RAW_MAX];
	uint8_t control[SEAL_SLOT_SIZE - 64 - ENDPOINT_RAW_MAX];
};

/* Where a program was attached to and no rule can refuse anything, nothing is mapped into
 * it: what netjail cannot make in its place it makes itself, on its own bytes. */
static bool runs_as_it_is(struct call *call)
{
	if (!call->tracer->gate || call->tracer->enforces)
		return false;
	if (send_is_told(call))
		call_let_run(call);
	else
		call_let_pass(call);
	return true;
}

bool sealed_is_wanted(const struct call *call)
{
	const struct sockkind *kind = &call->event.sock;

	if (!call->tracer->seal)
		return false;
	/* Landlock does not look at what a stream sends (security/landlock/net.c). */
	if (call->task->own_domain &&
	    (call->id == SYS_ID_CONNECT || kind->type != SOCK_STREAM))
		return true;
	return carry_is_impossible(kind);
}

/* A slot and where the program sees it; -1 when the call has been ended, or comes
 * again. */
static int open_slot(struct call *call, uint64_t *ret_at)
{
	struct seal *seal = call->tracer->seal;
	int slot;

	if (!guard_settles(call->tracer, call->task)) {
		call_retry(call);
		return -1;
	}
	if (!seal_address(call, 0) &&
	    (seal_is_given_up(call->task) || seal_map(seal, call) != 0)) {
		call_fail_closed(call,
				 "no sealed memory could be mapped into the program");
		return -1;
	}
	if (call->ended) /* mapped just now: the program makes its call again */
		return -1;
	slot = seal_take_slot(seal);
	if (slot < 0)
		call_retry(call);
	else
		*ret_at = seal_address(call, slot);
	return slot;
}

static bool is_inet(const struct endpoint *end)
{
	return end->family == AF_INET || end->family == AF_INET6;
}

/* An IP address runs on whatever IP socket the number is by then, also where it was
 * judged for a socket that takes none: every kind that the program can have must be
 * allowed there. */
static bool others_are_allowed(struct call *call, const struct destination *dest)
{
	static const struct {
		int type, protocol;
		bool sends; /* to an address without having connected */
	} kinds[] = {
		{SOCK_DGRAM, IPPROTO_UDP, true},     {SOCK_DGRAM, IPPROTO_UDPLITE, true},
		{SOCK_DGRAM, IPPROTO_ICMP, true},    {SOCK_STREAM, IPPROTO_TCP, false},
		{SOCK_STREAM, IPPROTO_MPTCP, false}, {SOCK_SEQPACKET, IPPROTO_SCTP, true},
	};
	struct request request = {.kind = REQUEST_SEND, .end = call->event.end};

	/* The family alone is no address. */
	if (!call->event.judged || !is_inet(&call->event.end) ||
	    dest->len <= sizeof(uint16_t))
		return true;
	call_know(call, &request);
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		struct decision other;

		if (call->id != SYS_ID_CONNECT && !kinds[i].sends)
			continue;
		request.sock = (struct sockkind){request.end.family, kinds[i].type,
						 kinds[i].protocol};
		other = ruleset_decide(call->tracer->config->rules, &request);
		/* What the same rule lets through, it lets through in the same way. */
		if (other.verdict != VERDICT_ALLOW &&
		    other.rule_id != call->event.decision.rule_id)
			return false;
	}
	return true;
}

static const char other_socket[] = "another kind of socket could take its place";

static void run_on_slot(struct call *call, const uint64_t args[static 6], int slot,
			call_exit_fn exit)
{
	enum sys_id id = call->id == SYS_ID_SENDMMSG ? SYS_ID_SENDMSG : call->id;

	call->task->pending.slot = slot;
	call->task->pending.seal = call->tracer->seal;
	call_replace(call, id, args, -1, exit);
}

/* A sealed call runs on whatever socket the number names by then: its name must be one
 * that no other family takes for an address of its own. AF_UNSPEC dissolves a
 * connection in connect(2), but names an IPv4 end in sendto(2) and bind(2). What does
 * not fit is EINVAL for AF_UNIX and netlink. */
static bool name_fits(const struct call *call, const struct destination *dest)
{
	uint16_t family;

	if (!dest->named || !dest->len)
		return true;
	if (dest->len < sizeof(family))
		return false;
	memcpy(&family, dest->bytes, sizeof(family));
	if (family == AF_UNSPEC)
		return call->id == SYS_ID_CONNECT;
	return family == call->event.sock.domain ||
	       !carry_is_impossible(&call->event.sock);
}

/* AF_UNIX streams refuse any name and sequenced packets ignore it, whatever its family
 * (net/unix/af_unix.c): they get one that means nothing elsewhere, or none. */
static bool make_fit(const struct call *call, struct destination *dest)
{
	static const uint16_t family = AF_UNIX;

	if (name_fits(call, dest))
		return true;
	if (call->event.sock.domain != AF_UNIX || call->id == SYS_ID_CONNECT ||
	    call->id == SYS_ID_BIND)
		return false;
	if (call->event.sock.type == SOCK_STREAM) {
		memcpy(dest->bytes, &family, sizeof(family));
		dest->len = sizeof(family);
		return true;
	}
	dest->named = false;
	dest->len = 0;
	return call->event.sock.type == SOCK_SEQPACKET;
}

void sealed_address(struct call *call, unsigned index, const struct destination *dest)
{
	uint64_t args[6], at;
	struct destination name = *dest;
	struct slot *slot;
	int number;

	if (runs_as_it_is(call))
		return;
	if (!make_fit(call, &name)) {
		call_finish(call, -EINVAL);
		return;
	}
	if (call->id != SYS_ID_BIND && !others_are_allowed(call, &name)) {
		call_fail_closed(call, other_socket);
		return;
	}
	number = open_slot(call, &at);
	if (number < 0)
		return;
	slot = (struct slot *)(void *)seal_slot(call->tracer->seal, number);
	memcpy(slot->name, name.bytes, name.len);
	memcpy(args, call->args, sizeof(args));
	args[index + 1] = name.len;
	if (call->id == SYS_ID_SENDTO && call->event.sock.type != SOCK_STREAM)
		args[3] &= ~(uint64_t)MSG_FASTOPEN;
	args[index] = name.named ? at + offsetof(struct slot, name) : 0;
	call->task->pending.told = send_is_told(call);
	run_on_slot(call, args, number, send_ended);
}

/* The header with its name and control data in the slot. 0 or -errno. */
static int fill_slot(struct sending *sending, struct slot *slot, uint64_t at,
		     struct message_header header)
{
	const struct call *call = sending->call;
	const struct destination *dest = &call->tracer->outgoing->dest;
	struct remote control = {header.control};

	if (header.control_len > sizeof(slot->control))
		return -EOPNOTSUPP;
	if (dest->named)
		memcpy(slot->name, dest->bytes, dest->len);
	header.name = dest->named ? at + offsetof(struct slot, name) : 0;
	header.name_len = dest->named ? (int32_t)dest->len : 0;
	header.control = header.control_len ? at + offsetof(struct slot, control) : 0;
	message_header_encode(&header, call->word, slot->header);
	return mem_read(call->task->tid, control, slot->control,
			(size_t)header.control_len);
}

void sealed_message(struct sending *sending, const struct message_header *header)
{
	struct call *call = sending->call;
	uint64_t args[6] = {call->args[0], 0, (uint32_t)sending->flags}, at;
	struct slot *slot;
	int number, failed;

	if (runs_as_it_is(call))
		return;
	if (!make_fit(call, &call->tracer->outgoing->dest)) {
		call_finish(call, -EINVAL);
		return;
	}
	if (call->tracer->outgoing->dest.named &&
	    !others_are_allowed(call, &call->tracer->outgoing->dest)) {
		call_fail_closed(call, other_socket);
		return;
	}
	/* Another socket under the number must not be opened by it. */
	if (call->event.sock.type != SOCK_STREAM)
		args[2] &= ~(uint64_t)MSG_FASTOPEN;
	number = open_slot(call, &at);
	if (number < 0)
		return;
	slot = (struct slot *)(void *)seal_slot(call->tracer->seal, number);
	failed = fill_slot(sending, slot, at, *header);
	if (failed) {
		seal_free_slot(call->tracer->seal, number);
		send_finish(call, send_copy_error(call, failed));
		return;
	}
	if (send_is_bent(call, slot->control, (size_t)header->control_len, call->word)) {
		seal_free_slot(call->tracer->seal, number);
		call_finish_quiet(call, -EPERM);
		return;
	}
	if (call->tracer->enforces && call->event.sock.domain == AF_UNIX)
		handed_note(call, slot->control, (size_t)header->control_len);
	args[1] = at + offsetof(struct slot, header);
	call->task->pending.told = send_is_told(call);
	run_on_slot(call, args, number, sending->ended);
}
