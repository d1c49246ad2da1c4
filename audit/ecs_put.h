/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/ecs_put.h - puts values into a JSON object by their dotted ECS name
 *
 * Errors:    none: memory that is out ends netjail (base/xalloc).
 */
#ifndef NETJAIL_AUDIT_ECS_PUT_H
#define NETJAIL_AUDIT_ECS_PUT_H

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

struct endpoint;

/* "destination.ip": the objects on the way are made. Takes `value` over. */
void ecs_put(json_t *root, const char *name, json_t *value);
void ecs_put_text(json_t *root, const char *name, const char *text);
void ecs_put_number(json_t *root, const char *name, int64_t value);

/* Any bytes as a JSON string: what is no UTF-8 becomes \xHH. At most 4,096 are kept. */
json_t *ecs_text(const void *bytes, size_t len);

/* Appends the text to an array of no text twice. */
void ecs_add_once(json_t *array, const char *text);

/* NAME.ip and .port of an IP end; its text as NAME.address of any. */
void ecs_put_end(json_t *root, const char *name, const struct endpoint *end);

/* The address of an IP end as text, "" for others; a static buffer. */
const char *ecs_ip(const struct endpoint *end);

#endif
