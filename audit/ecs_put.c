/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/ecs_put.c - puts values into a JSON object by their dotted ECS name
 */
#include "audit/ecs_put.h"

#include <string.h>
#include <sys/socket.h>

#include "base/buf.h"
#include "base/msg.h"
#include "base/utf8.h"
#include "net/endpoint.h"

#define NAME_MAX_ 64
#define TEXT_MAX_ 4096

static json_t *must_have(json_t *value)
{
	if (!value)
		msg_die("out of memory for the log");
	return value;
}

/* The object called by the `len` first bytes of `name`, made when it is not there. */
static json_t *step_into(json_t *object, const char *name, size_t len)
{
	char key[NAME_MAX_];
	json_t *inner;

	if (len >= sizeof(key))
		len = sizeof(key) - 1;
	memcpy(key, name, len);
	key[len] = 0;
	inner = json_object_get(object, key);
	if (inner)
		return inner;
	inner = must_have(json_object());
	(void)json_object_set_new_nocheck(object, key, inner);
	return inner;
}

void ecs_put(json_t *root, const char *name, json_t *value)
{
	const char *dot;

	for (dot = strchr(name, '.'); dot; dot = strchr(name, '.')) {
		root = step_into(root, name, (size_t)(dot - name));
		name = dot + 1;
	}
	if (json_object_set_new_nocheck(root, name, must_have(value)) != 0)
		msg_die("out of memory for the log");
}

json_t *ecs_text(const void *bytes, size_t len)
{
	char text[4 * TEXT_MAX_ + 1];
	size_t put =
		utf8_put(text, sizeof(text), bytes, len < TEXT_MAX_ ? len : TEXT_MAX_);

	return must_have(json_stringn_nocheck(text, put));
}

void ecs_put_text(json_t *root, const char *name, const char *text)
{
	ecs_put(root, name, ecs_text(text, strlen(text)));
}

void ecs_put_number(json_t *root, const char *name, int64_t value)
{
	ecs_put(root, name, json_integer(value));
}

void ecs_add_once(json_t *array, const char *text)
{
	for (size_t i = 0; i < json_array_size(array); i++) {
		const char *there = json_string_value(json_array_get(array, i));

		if (there && strcmp(there, text) == 0)
			return;
	}
	if (*text)
		(void)json_array_append_new(array, ecs_text(text, strlen(text)));
}

static bool is_inet(const struct endpoint *end)
{
	return end->family == AF_INET || end->family == AF_INET6;
}

const char *ecs_ip(const struct endpoint *end)
{
	static char storage[64];
	struct buf buf;

	buf_init(&buf, storage, sizeof(storage));
	if (is_inet(end)) {
		struct addr addr = end->inet.addr;

		addr.scope_id = 0; /* ECS: an ip has no zone */
		addr_put(&buf, &addr);
	}
	return storage;
}

void ecs_put_end(json_t *root, const char *name, const struct endpoint *end)
{
	json_t *object = step_into(root, name, strlen(name));
	char storage[512];
	struct buf buf;

	if (is_inet(end)) {
		ecs_put_text(object, "address", ecs_ip(end));
		ecs_put_text(object, "ip", ecs_ip(end));
		ecs_put_number(object, "port", end->inet.port);
		return;
	}
	buf_init(&buf, storage, sizeof(storage));
	endpoint_put(&buf, end);
	ecs_put_text(object, "address", storage);
}
