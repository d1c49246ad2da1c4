/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/eintr.h - hides from a program that a signal it ignores has stopped it
 *
 * A ptrace tracer is told of every signal, ignored ones too; the stop ends a sleeping
 * call with EINTR where natively nothing would have happened (epoll_wait, sigtimedwait,
 * receives with a time limit: signal(7), "Interruption of system calls ... by stop
 * signals" names the same calls).
 */
#ifndef NETJAIL_TRACER_EINTR_H
#define NETJAIL_TRACER_EINTR_H

struct task;

/* At the delivery stop of `sig`: makes the interrupted call again when nobody but netjail
 * was waiting for that signal. A time limit begins anew. */
void eintr_repair(struct task *task, int sig);

#endif
