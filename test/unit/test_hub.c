/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_hub.c - every sink gets every event, in order, and is closed once
 */
#include "audit/sink.h"

#include "test/unit/harness.h"

struct probe {
	unsigned emitted, noted, closed;
	unsigned last; /* when it was called last */
	const struct event *event;
	const char *note;
};

static unsigned clock_now;

static void probe_emit(void *state, const struct event *event)
{
	struct probe *probe = state;

	probe->emitted++;
	probe->event = event;
	probe->last = ++clock_now;
}

static void probe_note(void *state, const char *text)
{
	struct probe *probe = state;

	probe->noted++;
	probe->note = text;
}

static void probe_close(void *state)
{
	struct probe *probe = state;

	probe->closed++;
}

static const struct sink_ops probe_ops = {
	.emit = probe_emit, .note = probe_note, .close = probe_close};

TEST(all_sinks_in_order)
{
	struct probe probes[SINKS_MAX] = {0};
	struct hub hub = {.count = 0};
	struct event event = {.pid = 1};
	static const char note[] = "policy";

	for (unsigned i = 0; i < SINKS_MAX; i++)
		hub_add(&hub, &probe_ops, &probes[i]);
	CHECK(hub.count == SINKS_MAX);
	hub_emit(&hub, &event);
	hub_emit(&hub, &event);
	hub_note(&hub, note);
	for (unsigned i = 0; i < SINKS_MAX; i++) {
		CHECK(probes[i].emitted == 2 && probes[i].event == &event);
		CHECK(probes[i].noted == 1 && probes[i].note == note);
		CHECK(!i || probes[i].last == probes[i - 1].last + 1);
	}
	hub_close(&hub);
	hub_close(&hub);
	hub_emit(&hub, &event);
	for (unsigned i = 0; i < SINKS_MAX; i++)
		CHECK(probes[i].closed == 1 && probes[i].emitted == 2);
}

TEST(no_sink)
{
	struct hub hub = {.count = 0};
	struct event event = {.pid = 1};

	hub_emit(&hub, &event);
	hub_note(&hub, "nobody hears it");
	hub_close(&hub);
	CHECK(hub.count == 0);
}
