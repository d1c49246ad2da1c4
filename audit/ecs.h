/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/ecs.h - an event as a JSON object in the names of the Elastic Common Schema
 *
 * Ownership: the object is the caller's: json_decref. event.sequence and netjail.chain
 *            are not in it: audit/log_file gives them.
 */
#ifndef NETJAIL_AUDIT_ECS_H
#define NETJAIL_AUDIT_ECS_H

#include <jansson.h>
#include <stdbool.h>
#include <time.h>

#include "base/digest.h"

struct event;
struct life;
struct who;

#define ECS_VERSION    "9.0.0"
#define ECS_RUN_ID_MAX 33

/* What stands on every line of a run. */
struct ecs_run {
	const char *version;
	char id[ECS_RUN_ID_MAX]; /* hexadecimal, of no other run */
	char host[65];
	char ruleset[DIGEST_HEX]; /* the policy's SHA-256 */
};

/* A new id and this host's name. */
void ecs_run_init(struct ecs_run *run, const char *version);

/* A call, or a way round the jail. `announced`: it is about to take effect, and its
 * result is not known yet. */
json_t *ecs_event(const struct ecs_run *run, const struct event *event, bool announced);
json_t *ecs_life(const struct ecs_run *run, const struct life *life);

/* ---- what both are made of ---- */

struct ecs_class {
	const char *kind, *category[2], *type[3], *action, *outcome;
};

json_t *ecs_begin(const struct ecs_run *run, const struct timespec *time,
		  const struct ecs_class *class_);
/* process.*; `name` where it is another than the file's, or NULL. */
void ecs_put_who(json_t *root, const struct who *who, pid_t pid, pid_t tid,
		 const char *name);
void ecs_put_time(json_t *root, const char *name, const struct timespec *time);

#endif
