/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/sockid.h - which socket a descriptor of a task is, asked of the kernel at the
 * call
 *
 * MUST act on the duplicate that was judged and never on the number again: a second
 *      thread can dup2(2) another socket onto the number between the two (up to 34 % of
 *      raced tries).
 * MUST NOT remember what a number meant: dup, close_range, CLONE_FILES and SCM_RIGHTS
 *      change it without a stop of ours.
 */
#ifndef NETJAIL_TRACER_SOCKID_H
#define NETJAIL_TRACER_SOCKID_H

#include "base/cleanup.h"
#include "net/endpoint.h"
#include "net/sockkind.h"

struct task;

/* A duplicate of the task's descriptor, O_CLOEXEC, the caller's to drop (sockid_drop).
 * -EBADF: the task has no such descriptor. Other errors (-EPERM, -EMFILE, -ESRCH ...) say
 * that it could not be had. pidfd_getfd(2), Linux 5.6. */
must_check int sockid_take(struct task *task, int fd);

/* Closes a duplicate, without waiting: neither for a socket whose last one it is and that
 * lingers (socket(7)), nor for the program's own file system. */
void sockid_drop(int sock);
/* The same for what sockid_kind has known for a socket. */
void sockid_drop_socket(int sock);
/* sockid_drop when the variable goes out of scope. */
#define cleanup_sock __attribute__((cleanup(cleanup_sock_)))
static inline void cleanup_sock_(const int *sock)
{
	if (*sock >= 0)
		sockid_drop(*sock);
}

/* Family, type and protocol (SO_DOMAIN, SO_TYPE, SO_PROTOCOL of socket(7)); -ENOTSOCK,
 * -EBADF for a descriptor opened with O_PATH. */
must_check int sockid_kind(int sock, struct sockkind *ret_kind);

/* The kernel's own name of a socket, the same for all its descriptors (SO_COOKIE of
 * socket(7)); 0: it has none. */
must_check uint64_t sockid_cookie(int sock);

/* The address a socket is bound to, as getsockname(2) says; -errno. */
must_check int sockid_local(int sock, struct endpoint *ret_end);
/* The address of its peer, as getpeername(2) says; -errno. */
must_check int sockid_peer(int sock, struct endpoint *ret_end);

#endif
