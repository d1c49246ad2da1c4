/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/handed.h - connections that one program under trace hands to another
 *
 * A server's first process may accept connections, whoever they come from, and pass them
 * to its workers (SCM_RIGHTS). What it had before it passed them is nothing that comes
 * from outside.
 */
#ifndef NETJAIL_TRACER_HANDED_H
#define NETJAIL_TRACER_HANDED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/cleanup.h"

struct call;
struct handed;
struct tracer;

/* At a sendmsg(2) of an AF_UNIX socket: remembers the streams whose descriptors are in
 * its sealed control data. */
void handed_note(struct call *call, const uint8_t *control, size_t len);
/* Whether such a send has shown that stream before. */
must_check bool handed_is_known(const struct tracer *tracer, int sock);
void handed_free(struct handed *handed);

/* unshare(2) and close_range(2) that give the task a table of descriptors of its own. */
void close_range_enter(struct call *call);
void handed_new_table(struct call *call);

#endif
