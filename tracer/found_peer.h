/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/found_peer.h - where a connection goes that is still being made, or a raw socket
 *
 * getpeername(2) does not say it before the peer has answered, nor of a socket without
 * ports; the kernel's tables of sockets do, and name them by inode.
 */
#ifndef NETJAIL_TRACER_FOUND_PEER_H
#define NETJAIL_TRACER_FOUND_PEER_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/cleanup.h"
#include "net/endpoint.h"

/* The peer of the TCP or raw socket `sock`, in the network of a task. */
must_check bool found_peer(pid_t tid, int sock, struct endpoint *ret_end);

/* One line of such a table (proc(5) /proc/net/tcp): true when it is about that inode and
 * has a peer.
 * Pure. */
must_check bool found_peer_parse(const char *line, uint64_t inode,
				 struct endpoint *ret_end);

#endif
