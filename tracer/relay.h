/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/relay.h - hands signals that were sent to netjail on to the program, each once
 *
 * Theory of operation
 *   Problem:    a signal sent to netjail's process group (kill(0), a shell's `kill %1`)
 *               reaches the program by itself and over the front a second time; a signal
 *               sent to netjail alone reaches it over the front only. Nothing in the
 *               signal tells the two apart.
 *   Mechanism:  the kernel sends to all members of a group in one call, the latest fork
 *               first: when the front has read its copy, the program's own is pending, or
 *               is what a thread of it has stopped with, or has been seen. Each of the
 *               three swallows one copy.
 *   Rejected:   comparing times alone: on a busy machine the two are any time apart, and
 *               a program that suspends itself (vim) then stops twice.
 *   Invariants: the copies are taken between two stops, never in the signal handler, but
 *               for one that has waited long (the tracer writes to a reader that does not
 *               read).
 */
#ifndef NETJAIL_TRACER_RELAY_H
#define NETJAIL_TRACER_RELAY_H

#include <stdbool.h>
#include <sys/types.h>

#include "tracer/task.h"

struct front_shared;

/* Takes the signals that the front puts into `front`, from now on, for `program`.
 * waitpid(2) returns EINTR when one comes; the front rings again until it is settled. */
void relay_start(struct front_shared *front, pid_t program);

/* The program is gone: nothing is handed on any more. */
void relay_end(void);

/* The program is being given a signal that `sender` sent. */
void relay_saw(int sig, pid_t sender);

/* From now on a SIGHUP for netjail alone is kept: relay_took_hangup says once that one
 * came. That of a terminal is the program's. */
void relay_keep_hangup(void);
bool relay_took_hangup(void);

/* The bell was heard since this was asked last. */
bool relay_rang(void);

/* True when signals wait for relay_deliver. */
bool relay_waits(void);

/* Gives the waiting signals to the program, save those that it has got itself. */
void relay_deliver(const struct task_table *tasks);

#endif
