/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/hub.c - hands each event to every sink
 */
#include <assert.h>

#include "audit/sink.h"

void hub_add(struct hub *hub, const struct sink_ops *ops, void *state)
{
	assert(hub->count < SINKS_MAX);
	hub->sinks[hub->count].ops = ops;
	hub->sinks[hub->count].state = state;
	hub->count++;
}

void hub_emit(const struct hub *hub, const struct event *event)
{
	for (unsigned i = 0; i < hub->count; i++)
		hub->sinks[i].ops->emit(hub->sinks[i].state, event);
}

void hub_note(const struct hub *hub, const char *text)
{
	for (unsigned i = 0; i < hub->count; i++)
		hub->sinks[i].ops->note(hub->sinks[i].state, text);
}

void hub_call(const struct hub *hub, const struct shown *shown)
{
	for (unsigned i = 0; i < hub->count; i++)
		if (hub->sinks[i].ops->call)
			hub->sinks[i].ops->call(hub->sinks[i].state, shown);
}

void hub_close(struct hub *hub)
{
	for (unsigned i = 0; i < hub->count; i++)
		hub->sinks[i].ops->close(hub->sinks[i].state);
	hub->count = 0;
}

bool hub_logs(const struct hub *hub)
{
	for (unsigned i = 0; i < hub->count; i++)
		if (hub->sinks[i].ops->life)
			return true;
	return false;
}

bool hub_announce(const struct hub *hub, const struct event *event)
{
	bool taken = true;

	for (unsigned i = 0; i < hub->count; i++)
		if (hub->sinks[i].ops->announce)
			taken &= hub->sinks[i].ops->announce(hub->sinks[i].state, event);
	return taken;
}

bool hub_life(const struct hub *hub, const struct life *life)
{
	bool taken = true;

	for (unsigned i = 0; i < hub->count; i++)
		if (hub->sinks[i].ops->life)
			taken &= hub->sinks[i].ops->life(hub->sinks[i].state, life);
	return taken;
}
