/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/sink.h - where events go: a const table of functions a sink, and the hub of a run
 */
#ifndef NETJAIL_AUDIT_SINK_H
#define NETJAIL_AUDIT_SINK_H

#include <stdbool.h>

#include "audit/event.h"
#include "base/cleanup.h"

#define SINKS_MAX 6

struct life;
struct shown;

struct sink_ops {
	/* Has the event in the kernel (write(2) returned) before it returns. */
	void (*emit)(void *state, const struct event *event);
	/* A line of netjail's own (policy, coverage), without a newline. */
	void (*note)(void *state, const char *text);
	/* The run is over: prints what belongs at the end and frees the state. */
	void (*close)(void *state);

	/* A line of audit/shown (run_config.shows); NULL: not wanted. */
	void (*call)(void *state, const struct shown *shown);

	/* The rest is for logs, NULL for others. */

	/* A call that was judged and is about to take effect: false when it must not,
	 * because its line could not be written. */
	bool (*announce)(void *state, const struct event *event);
	/* What is no call (audit/life). False when it could not be written. */
	bool (*life)(void *state, const struct life *life);
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
void hub_call(const struct hub *hub, const struct shown *shown);
void hub_close(struct hub *hub);

/* True when some sink is a log: then events carry all they can. */
must_check bool hub_logs(const struct hub *hub);
/* False when a log could not take it and the call must not go on. */
must_check bool hub_announce(const struct hub *hub, const struct event *event);
/* False when a log could not take it. */
bool hub_life(const struct hub *hub, const struct life *life);

#endif
