/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/found.h - attach mode: what a program has open already
 */
#ifndef NETJAIL_TRACER_FOUND_H
#define NETJAIL_TRACER_FOUND_H

#include <stddef.h>
#include <sys/types.h>

struct tracer;

/* Tells every socket of these processes, whose tasks all stand still, with the verdict
 * that the rules give it, and notes the io_urings; shuts down the connections that the
 * rules refuse when that was asked for. */
void found_tell(struct tracer *tracer, const pid_t *pids, size_t count);

#endif
