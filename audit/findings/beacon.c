/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/findings/beacon.c - calls home at regular intervals
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "audit/finding.h"
#include "audit/record.h"
#include "audit/report.h"

#define INTERVALS_MIN 5
#define INTERVAL_MIN  0.2  /* seconds: below that it is a loop, not a beacon */
#define SPREAD_MAX    0.15 /* standard deviation by mean */

static void see(const struct finding_rule *rule, struct finding_event *event)
{
	struct finding_memory *memory;
	double interval, mean, spread;

	if (!event->dest || !event->dest->is_ip || !finding_is_call(event->record) ||
	    event->dest->port == 53)
		return;
	memory = finding_remember(event, event->dest->key);
	if (!memory)
		return;
	interval = event->time - memory->last;
	memory->last = event->time;
	if (!memory->count++)
		return;
	memory->sum += interval;
	memory->squares += interval * interval;
	mean = memory->sum / (double)(memory->count - 1);
	spread = sqrt(
		fmax(0, memory->squares / (double)(memory->count - 1) - mean * mean));
	if (memory->told || memory->count <= INTERVALS_MIN || mean < INTERVAL_MIN ||
	    spread > mean * SPREAD_MAX)
		return;
	memory->told = true;
	finding_add(rule, event, event->dest->key,
		    "%llu calls to %s port %lld, every %.2f s (spread %.0f %%)",
		    (unsigned long long)memory->count, event->dest->address,
		    (long long)event->dest->port, mean, spread / mean * 100);
}

const struct finding_rule finding_beacon = {
	.id = "beacon",
	.title = "calls home at regular intervals",
	.severity = SEVERITY_HIGH,
	.confidence = "medium",
	.technique = "T1071",
	.technique_name = "Application Layer Protocol",
	.advice = "Regular calls are how malware waits for orders; update checks do "
		  "it too.",
	.see = see,
};
