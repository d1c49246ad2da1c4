/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/event.h - what happened, as a plain value with copied bytes
 *
 * Ownership: nothing to free. `decision` points into the ruleset and `host` into the name
 *            table; both outlive the run.
 */
#ifndef NETJAIL_AUDIT_EVENT_H
#define NETJAIL_AUDIT_EVENT_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include <time.h>

#include "audit/evasion.h"
#include "net/endpoint.h"
#include "net/sockkind.h"
#include "rules/verdict.h"

/* Which arguments a call has: how a line is written between the parentheses. */
enum event_shape {
	EVENT_FD_END = 0,   /* connect, bind, accept, getsockname, getpeername */
	EVENT_FD_BYTES_END, /* sendto, sendmsg, sendmmsg: one event a message */
	EVENT_SOCKET,       /* socket */
	EVENT_SOCKETPAIR,   /* socketpair */
	EVENT_FD_NUMBER,    /* listen: backlog */
	EVENT_FD_HOW,       /* shutdown */
	EVENT_FOUND,        /* a socket that was open at an attach */
	EVENT_SHAPE_NUM_
};

struct stack;
struct who;

#define EVENT_NAME_MAX 16 /* bytes of a task's comm with its NUL: TASK_COMM_LEN */

struct event {
	struct timespec time; /* CLOCK_REALTIME */
	pid_t pid, tid;
	char name[EVENT_NAME_MAX]; /* of the executable, from the program: escape it */

	/* A way round the jail: then `detail` and `reason` (what became of it) are
	 * told and the members below are not. */
	enum evasion evasion;
	char detail[96]; /* of the program's choosing in part: escape it */

	const char *call; /* as its man page names it; static */
	enum event_shape shape;
	int fd;
	struct sockkind sock; /* domain 0: not known */
	int type_flags;       /* SOCK_CLOEXEC, SOCK_NONBLOCK of socket and socketpair */
	bool has_end;
	struct endpoint end;
	const char *host; /* a name of `end`, or NULL */
	uint64_t bytes;   /* asked to be sent */
	int number;       /* backlog, or how */
	int pair[2];

	/* For logs only: filled when a sink asks for it (hub_logs). */
	const struct who *who;     /* NULL = unknown; lives as long as the sinks look */
	const struct stack *stack; /* the same */
	struct timespec begin;     /* CLOCK_MONOTONIC at the call's entry */
	uint64_t duration;         /* nanoseconds */
	bool has_local;
	struct endpoint local; /* the socket's own end after the call */
	uint64_t cookie; /* SO_COOKIE: the socket, whatever its number; 0 = unknown */
	bool quiet;      /* stopped for the log alone: no line for people */

	int64_t result; /* -errno or a value */
	bool judged;    /* `decision` is filled */
	struct decision decision;
	bool answered; /* asked, and the person has allowed it */
	bool dry;      /* told what would be; the call went on */
	bool left;     /* netjail has left before it ended: `result` is not known */
	/* EVENT_FOUND: what it was doing ("connected", "listening" ...), static; and
	 * whether netjail has shut it down. The decision is what a call would get. */
	const char *state;
	bool peer; /* `end` is the other side's */
	bool cut;
	const char *reason; /* why netjail refused though no rule did; static, or NULL */
};

/* True when netjail has left before the person has said what is to become of the call:
 * the program makes it as though nobody had asked. */
static inline bool event_is_unanswered(const struct event *event)
{
	return event->left && event->judged && !event->answered &&
	       event->decision.verdict == VERDICT_ASK;
}

/* True when netjail kept the call from happening: by a rule or because it could not be
 * judged. Of a socket that was found open: when it would have. */
static inline bool event_is_refused(const struct event *event)
{
	if (event->reason)
		return true;
	return event->judged && !event->dry && !event->answered &&
	       !event_is_unanswered(event) &&
	       !verdict_lets_through(event->decision.verdict);
}

#endif
