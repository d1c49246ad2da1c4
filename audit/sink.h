/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/sink.h - where events go: a const table of functions a sink, and the hub of a run
 */
#ifndef NETJAIL_AUDIT_SINK_H
#define NETJAIL_AUDIT_SINK_H

#include "audit/event.h"

#define SINKS_MAX 4

struct sink_ops {
	/* Has the event in the kernel (write(2) returned) before it returns. */
	void (*emit)(void *state, const struct event *event);
	/* A line of netjail's own (policy, coverage), without a newline. */
	void (*note)(void *state, const char *text);
	/* The run is over: prints what belongs at the end and frees the state. */
	void (*close)(void *state);
};

struct hub {
	struct {
		const struct sink_ops *ops;
		void *state;
	} sinks[SINKS_MAX];
	unsigned count;
};

void hub_add(struct hub *hub, const struct sink_ops *ops, void *state);
void hub_emit(const struct hub *hub, const struct event *event);
void hub_note(const struct hub *hub, const char *text);
void hub_close(struct hub *hub);

#endif
