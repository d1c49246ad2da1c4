/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/act_ask.c - ask: the call waits until the person has answered
 */
#include "tracer/act.h"
#include "tracer/call.h"

bool act_ask(struct call *call)
{
	call->event.reason = "there is nobody to ask";
	return false;
}
