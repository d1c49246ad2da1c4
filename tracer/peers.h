/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/peers.h - what sockets believe to be connected to, where that was redirected
 *
 * A socket is known by its cookie (SO_COOKIE, socket(7)), which follows it through
 * dup, fork and SCM_RIGHTS. Bounded: the oldest is forgotten, and its program then sees
 * the address it really talks to.
 */
#ifndef NETJAIL_TRACER_PEERS_H
#define NETJAIL_TRACER_PEERS_H

#include "tracer/request.h"

struct call;
struct peer;
struct task;
struct tracer;

struct peers {
	struct peer *head;
};

/* Of that socket, `real` is to be shown as `believed`: both as the kernel has them. */
void peers_remember(struct peers *peers, int sock, const struct destination *real,
		    const struct destination *believed);
void peers_free(struct peers *peers);

/* An address that the kernel has written for the program, from socket `sock`: writes what
 * the program believes over it, at most `cap` bytes. */
void peers_restore(const struct peers *peers, const struct task *task, int sock,
		   uint64_t at, uint32_t cap);

/* The same for the sender of a message, before recvmsg(2) or recvmmsg(2) of `count`
 * messages: the room for its name, which goes into pending.cap, and after it. */
must_check uint32_t peers_room(const struct call *call, uint32_t count);
void peers_restore_name(struct tracer *tracer, struct task *task, uint64_t at);

/* getpeername(2) and recvfrom(2), when redirects are possible. */
void peername_enter(struct call *call);
void recvfrom_enter(struct call *call);

#endif
