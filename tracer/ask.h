/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/ask.h - questions to the person, and what was answered
 *
 * Theory of operation
 *   A process of its own (base/outside) talks to the person, on the terminal or by way of
 *   --ask-with. One question at a time is with it, the oldest; a call that waits for an
 *   answer sleeps in its own thread and asks again 20 times a second. No answer in time,
 *   nobody there, or a process that has died: refused.
 */
#ifndef NETJAIL_TRACER_ASK_H
#define NETJAIL_TRACER_ASK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/cleanup.h"
#include "rules/verdict.h"

struct ask;
struct call;

/* What is to be asked with: a command, or the terminal when NULL. `save` is the file that
 * answers for always are added to, or NULL. Returns NULL when there is nobody to ask. */
must_check struct ask *ask_start(const char *command, const char *save);
void ask_end(struct ask *ask); /* accepts NULL */

enum ask_answer { ASK_OPEN = 0, ASK_ALLOW, ASK_REFUSE, ASK_NOBODY };

/* The answer to the question of this call, asked by the first of these calls. */
must_check enum ask_answer ask_about(struct ask *ask, const struct call *call,
				     uint64_t *question);

/* How many questions are to be answered before that one. */
unsigned ask_before(const struct ask *ask, uint64_t id);

/* ---- between the two processes ---- */

/* What comes back: one packet. */
struct ask_reply {
	uint64_t question;
	bool allow;
	enum remember remember;
};

/* The other process: reads questions (JSON, one a packet) until the tracer is gone. */
void asker_run(void *command, int fd);

/* "allow session", "refuse", or JSON as in {"answer": "allow", "for": "session"}. False
 * when it is neither. */
must_check bool asker_parse(const char *text, struct ask_reply *reply);

#define ASK_MS       60000 /* for an answer */
#define ASK_TEXT_MAX 16384 /* bytes of a question */

#endif
