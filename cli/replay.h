/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * cli/replay.h - asks rules again about the calls that logs show
 */
#ifndef NETJAIL_CLI_REPLAY_H
#define NETJAIL_CLI_REPLAY_H

#include <stdint.h>

#include "audit/record.h"
#include "base/cleanup.h"
#include "rules/verdict.h"

struct policy;
struct ruleset;

/* What the rules say of the call that a line tells of. False when the line tells of none
 * that has an IP end: AF_UNIX names are escaped in the log, and not asked about. */
must_check bool replay_decide(const struct ruleset *set, const struct record *record,
			      struct decision *ret_decision);

/* Asks the rules about every call of the logs, and prints each that they do not let
 * through. The exit status: 0 when there is none, 1 else. Ends the policy. */
must_check int replay_policy(struct policy *policy, char *const *paths);

#endif
