/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/passed.h - sockets that reach a program ready connected
 */
#ifndef NETJAIL_TRACER_PASSED_H
#define NETJAIL_TRACER_PASSED_H

#include <stdbool.h>
#include <stdint.h>

#include "base/cleanup.h"

struct buf;
struct run_config;
struct task;
struct tracer;

/* True when a socket of ours needs no judged call any more to reach what the rules
 * refuse: it is connected there, on the way to a peer that cannot be told, or of a kind
 * that socket(2) would be refused. What it is, for people, is put into `what`. */
must_check bool passed_is_refused(const struct run_config *config, int sock,
				  struct buf *what);

/* The exit of a call whose result is a descriptor from another process: judges it. */
void passed_fd_ended(struct tracer *tracer, struct task *task, int64_t result);

/* Between entry and exit of a call that may bring descriptors, which are judged at its
 * exit. */
must_check bool passed_is_receiving(const struct task *task);

/* At the last stop of a task that was killed in a call which receives: what the call has
 * brought stays with those that share its descriptors. */
void passed_exiting(struct tracer *tracer, struct task *task);

/* Before the program is started: every descriptor that it would inherit and that is an
 * io_uring or such a socket is replaced by /dev/null in this process, and
 * noted. */
void passed_withhold_inherited(const struct run_config *config);

#endif
