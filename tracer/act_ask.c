/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/act_ask.c - ask: the call waits until the person has answered
 */
#include "tracer/act.h"
#include "tracer/ask.h"
#include "tracer/call.h"

#define AGAIN_MS  50
#define LONGER_MS 1000

/* Those that wait for others to be asked look less often: many would leave no time. */
static unsigned until_again(const struct ask *ask, uint64_t question)
{
	unsigned pause = AGAIN_MS * (1 + ask_before(ask, question) / 4);

	return pause < LONGER_MS ? pause : LONGER_MS;
}

bool act_ask(struct call *call)
{
	struct ask *ask = call->tracer->config->ask;
	struct held *held = &call->task->hold;

	call->event.answered = held->allowed;
	if (held->allowed)
		return true;
	switch (ask_about(ask, call, &held->question)) {
	case ASK_ALLOW:
		held->allowed = call->event.answered = true;
		return true;
	case ASK_OPEN:
		call->hold_ms = until_again(ask, held->question);
		return false;
	case ASK_NOBODY:
		call->event.reason =
			ask ? "nobody has answered" : "there is nobody to ask";
		return false;
	case ASK_REFUSE:
		break;
	}
	return false;
}
