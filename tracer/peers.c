/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/peers.c - what sockets believe to be connected to, where that was redirected
 */
#include "tracer/peers.h"

#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "base/hash.h"
#include "base/xalloc.h"
#include "net/sockaddr.h"
#include "tracer/call.h"
#include "tracer/outgoing.h"
#include "tracer/sockid.h"
#include "tracer/syscall.h"

#define PEERS_MAX 65536
#define BATCH_MAX 1024 /* UIO_MAXIOV: net/socket.c __sys_recvmmsg */

/* Bytes only, so that no padding is hashed. */
struct key {
	uint64_t cookie;
	uint8_t addr[16];
	uint8_t family, port[2], zero[5];
};

struct peer {
	struct key key;
	struct destination believed;
	UT_hash_handle hh;
};

/* False when the bytes are no IP end or the socket has no cookie. */
static bool key_of(int sock, const uint8_t *bytes, size_t len, struct key *ret_key)
{
	struct key key = {.cookie = sockid_cookie(sock)};
	struct endpoint end;

	if (!key.cookie || sockaddr_decode(bytes, len, &end) != 0 ||
	    (end.family != AF_INET && end.family != AF_INET6))
		return false;
	memcpy(key.addr, end.inet.addr.bytes, sizeof(key.addr));
	key.family = (uint8_t)end.inet.addr.family;
	memcpy(key.port, &end.inet.port, sizeof(key.port));
	*ret_key = key;
	return true;
}

static struct peer *find(const struct peers *peers, const struct key *key)
{
	struct peer *peer;

	HASH_FIND(hh, peers->head, key, sizeof(*key), peer);
	return peer;
}

static void drop(struct peers *peers, struct peer *peer)
{
	HASH_DEL(peers->head, peer);
	free(peer);
}

void peers_remember(struct peers *peers, int sock, const struct destination *real,
		    const struct destination *believed)
{
	struct key key;
	struct peer *peer;

	if (!key_of(sock, real->bytes, real->len, &key))
		return;
	peer = find(peers, &key);
	if (!peer) {
		if (HASH_COUNT(peers->head) >= PEERS_MAX)
			drop(peers, peers->head); /* the first that was added */
		peer = xcalloc(1, sizeof(*peer));
		peer->key = key;
		HASH_ADD(hh, peers->head, key, sizeof(peer->key), peer);
	}
	peer->believed = *believed;
}

void peers_free(struct peers *peers)
{
	while (peers->head)
		drop(peers, peers->head);
}

void peers_restore(const struct peers *peers, const struct task *task, int sock,
		   uint64_t at, uint32_t cap)
{
	uint8_t bytes[sizeof(struct sockaddr_in6)];
	const struct peer *peer;
	struct key key;
	uint32_t len;

	if (cap < sizeof(struct sockaddr_in))
		return;
	len = cap < sizeof(bytes) ? (uint32_t)sizeof(struct sockaddr_in)
				  : (uint32_t)sizeof(bytes);
	if (!peers->head || mem_read(task->tid, (struct remote){at}, bytes, len) != 0 ||
	    !key_of(sock, bytes, len, &key))
		return;
	peer = find(peers, &key);
	if (!peer)
		return;
	if (len > peer->believed.len)
		len = peer->believed.len;
	/* memory that is gone meanwhile is the program's own doing */
	(void)!mem_write(task->tid, (struct remote){at}, peer->believed.bytes, len);
}

/* The smallest of all messages. */
uint32_t peers_room(const struct call *call, uint32_t count)
{
	uint32_t room = UINT32_MAX;

	if (!call->tracer->peers.head)
		return 0;
	for (uint32_t i = 0; i < count && i < BATCH_MAX; i++) {
		struct remote at = {call->args[1] + i * message_stride(call->word)};
		struct message_header header;
		uint8_t raw[64];

		if (mem_read(call->task->tid, at, raw, message_header_size(call->word)))
			return 0;
		message_header_decode(raw, call->word, &header);
		if (header.name_len < 0)
			return 0;
		if ((uint32_t)header.name_len < room)
			room = (uint32_t)header.name_len;
	}
	return room;
}

void peers_restore_name(struct tracer *tracer, struct task *task, uint64_t at)
{
	cleanup_sock int sock = -1;

	if (!tracer->peers.head)
		return;
	sock = sockid_take(task, (int32_t)task->pending.call.args[0]);
	if (sock >= 0)
		peers_restore(&tracer->peers, task, sock, at, task->pending.cap);
}

/* ---- calls ---- */

/* The kernel has written an address at out[0]; out[1] is the room that was there. */
static void address_written(struct tracer *tracer, struct task *task, int64_t result)
{
	struct pending *pending = &task->pending;

	if (result >= 0)
		peers_restore(&tracer->peers, task, pending->sock, pending->out[0],
			      (uint32_t)pending->out[1]);
	if (pending->told)
		call_end_run(tracer, task, result);
	else
		call_end_passed(tracer, task, result);
}

static void watch_address(struct call *call, uint64_t at, uint64_t len_at)
{
	struct pending *pending = &call->task->pending;
	uint32_t cap = 0;
	int sock = sockid_take(call->task, call->event.fd);

	call_let_run_then(call, address_written);
	if (sock < 0 ||
	    mem_read(call->task->tid, (struct remote){len_at}, &cap, sizeof(cap)) != 0)
		cap = 0; /* the call itself fails, or nothing is restored */
	if (pending->sock >= 0)
		sockid_drop(pending->sock);
	pending->sock = sock < 0 ? -1 : sock;
	pending->out[0] = at;
	pending->out[1] = cap;
}

void peername_enter(struct call *call)
{
	if (call->tracer->config->all || !call->tracer->watches_peers)
		peer_enter(call);
	else
		watch_address(call, call->args[1], call->args[2]);
}

void recvfrom_enter(struct call *call)
{
	if (call->args[4] && call->tracer->watches_peers)
		watch_address(call, call->args[4], call->args[5]);
	else
		call_let_pass(call);
}
