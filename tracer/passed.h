/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/passed.h - sockets that reach a program ready connected
 */
#ifndef NETJAIL_TRACER_PASSED_H
#define NETJAIL_TRACER_PASSED_H

#include <stdbool.h>
#include <stdint.h>

#include "base/cleanup.h"

struct endpoint;
struct hub;
struct ruleset;
struct task;
struct tracer;

/* True when a socket of ours is connected to a peer that the rules refuse. */
must_check bool passed_is_refused(const struct ruleset *rules, int sock,
				  struct endpoint *ret_peer);

/* The exit of a call whose result is a descriptor from another process: judges it. */
void passed_fd_ended(struct tracer *tracer, struct task *task, int64_t result);

/* Before the program is started: every descriptor that it would inherit and that is an
 * io_uring or connected to a refused peer is replaced by /dev/null in this process, and
 * noted. */
void passed_withhold_inherited(const struct ruleset *rules, const struct hub *hub);

#endif
