/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/send.h - what sendto, sendmsg and sendmmsg have in common
 */
#ifndef NETJAIL_TRACER_SEND_H
#define NETJAIL_TRACER_SEND_H

#include "tracer/call.h"
#include "tracer/outgoing.h"

/* A send that stands at its stop; the message is in call->tracer->outgoing. */
struct sending {
	struct call *call;
	int sock; /* our duplicate; the caller's, or -1 once it has been handed over */
	int flags;
	call_exit_fn ended; /* the exit of what runs in the place of the program's call */
};

/* Ends a send that did not run, told when it is worth a line. */
void send_finish(struct call *call, int64_t result);

/* True when the message goes to this host, or to a peer that is not known. */
must_check bool send_is_local(const struct call *call);

/* True when control data, of a program with that word size, sends the message another way
 * than its address says; that is told. */
must_check bool send_is_bent(struct call *call, const uint8_t *control, size_t len,
			     unsigned word);

/* Tells a netlink message that would change routes or addresses, once its spans have been
 * read. Nothing rests on it: the kernel wants CAP_NET_ADMIN, which the program lacks. */
void send_tell_netlink(struct call *call);

/* The exit of a send that ran in the place of the program's. */
void send_ended(struct tracer *tracer, struct task *task, int64_t result);

/* The same, but for telling and ending the call. */
void send_settle(struct task *task, int64_t result);

/* Stream sockets: the kernel ignores an address there unless MSG_FASTOPEN is set, so a
 * call without either runs in its place. */
void send_stream(struct sending *sending);

/* True when the send begins a connection (MSG_FASTOPEN). */
must_check bool send_opens_fast(const struct sending *sending);

/* True when the send pins the program's own pages (SO_ZEROCOPY is set and asked for). */
must_check bool send_wants_zero_copy(const struct sending *sending);

/* One datagram: judges, copies, sends. Its result (bytes or -errno); *ret_again is set
 * when the program has to wait for room. Ends nothing, tells nothing. */
must_check int64_t send_message(struct sending *sending, bool *ret_again);

/* True when a message is worth a line: it names an end, was refused, or all is shown. */
must_check bool send_is_told(const struct call *call);

/* The result of `outgoing_read` and the like as the result of the call, with event.reason
 * set where netjail refuses for a reason of its own. */
must_check int send_copy_error(struct call *call, int error);

#endif
