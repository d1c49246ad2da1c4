/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/attach_run.h - attaches to programs, watches them, leaves
 *
 * Theory of operation
 *   Problem:    a tracer that stands still (^Z, a background write to a terminal) holds
 *               every program that it watches, and one that is killed leaves a call that
 *               it has replaced in the program's registers.
 *   Mechanism:  the process that was started waits; its child, in a group of its own,
 *               traces. What would end the first is handed to the second as SIGTERM:
 *               ^C, a hang-up, its parent's death by SIGKILL too (PR_SET_PDEATHSIG). On
 *               SIGTERM the tracer leaves.
 *   Rejected:   one process: `kill -STOP` of netjail stops a database.
 *   Invariants: the tracer MUST NOT be ended by force while it can answer: asked three
 *               times it counts as stuck.
 */
#ifndef NETJAIL_TRACER_ATTACH_RUN_H
#define NETJAIL_TRACER_ATTACH_RUN_H

struct run_config;

/* config->attach is what to attach to. Ends this process. */
_Noreturn void attach_run(struct run_config *config);

#endif
