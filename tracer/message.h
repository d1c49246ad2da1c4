/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/message.h - one message of sendmsg(2) or sendmmsg(2): read, judged, and sent in
 * one of three ways
 */
#ifndef NETJAIL_TRACER_MESSAGE_H
#define NETJAIL_TRACER_MESSAGE_H

#include "tracer/send.h"

/* How a message gets to the kernel. */
enum way {
	WAY_NONE = 0, /* not at all: it could not be read */
	WAY_CARRIED,  /* netjail sends its copy */
	WAY_STREAM,   /* the program sends, without an address and without control data */
	/* the program sends, on a sealed copy of header, name and control data */
	WAY_SEALED,
};

/* A message that has been read, all but its payload. */
struct message {
	struct message_header header;
	enum way way;
	int64_t error; /* WAY_NONE: the call's result */
};

/* Takes the duplicate and its kind; false when the call has been ended. */
must_check bool message_open(struct sending *sending);

/* The message whose header stands there. */
struct message message_read(struct sending *sending, uint64_t header_at);

/* WAY_CARRIED: judges and sends the copy. Its bytes or -errno; *ret_again is set when the
 * program has to wait. Ends nothing. */
must_check int64_t message_carry(struct sending *sending, bool *ret_again);

/* WAY_STREAM and WAY_SEALED: judged, and sent by a call of the program's, whose exit is
 * sending->ended. Ends the call. */
void message_run(struct sending *sending, const struct message *message);

/* Tells when the header or the name is another now than what was judged: `copy` is the
 * name then. */
void message_check_race(const struct sending *sending, uint64_t header_at,
			const struct message *message, const struct destination *copy);

#endif
