/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/sealed.h - calls that the program makes itself, on judged bytes that it cannot
 * change
 */
#ifndef NETJAIL_TRACER_SEALED_H
#define NETJAIL_TRACER_SEALED_H

#include "tracer/send.h"

/* True when the call must be the program's own and can be: AF_UNIX and netlink, where the
 * kernel has mseal(2). */
must_check bool sealed_is_wanted(const struct call *call);

/* Runs the call with argument `index`, a pointer, moved to the judged copy of the
 * address. Ends the call. */
void sealed_address(struct call *call, unsigned index, const struct destination *dest);

/* Runs sendmsg(2), or sendmmsg(2) as one of its messages, on a judged copy of the header,
 * the name and the control data; the payload stays the program's. Ends the call. */
void sealed_message(struct sending *sending, const struct message_header *header);

#endif
