/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/stack.c - where in the program a call was made, as a part of its line
 */
#include "audit/stack.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "audit/ecs_put.h"

static json_t *frame_json(const struct stack_frame *frame)
{
	json_t *object = json_object();
	char address[24];

	snprintf(address, sizeof(address), "0x%" PRIx64, frame->address);
	ecs_put_text(object, "address", address);
	ecs_put_number(object, "offset", (int64_t)frame->offset);
	if (frame->symbol)
		ecs_put_text(object, "symbol", frame->symbol);
	if (frame->module)
		ecs_put_text(object, "module", frame->module);
	return object;
}

void stack_put_json(json_t *root, const struct stack *stack)
{
	char id[24];
	json_t *frames;

	snprintf(id, sizeof(id), "%016" PRIx64, stack->id);
	ecs_put_text(root, "netjail.stack_id", id);
	if (stack->known)
		return;
	frames = json_array();
	for (size_t i = 0; i < stack->count; i++)
		(void)json_array_append_new(frames, frame_json(&stack->frames[i]));
	ecs_put(root, "netjail.stack", frames);
}

/* FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/ */
static uint64_t mix(uint64_t hash, const void *bytes, size_t len)
{
	const uint8_t *byte = bytes;

	for (size_t i = 0; i < len; i++)
		hash = (hash ^ byte[i]) * UINT64_C(1099511628211);
	return hash;
}

uint64_t stack_identify(const struct stack *stack)
{
	uint64_t hash = UINT64_C(14695981039346656037);

	for (size_t i = 0; i < stack->count; i++) {
		const struct stack_frame *frame = &stack->frames[i];

		if (frame->module)
			hash = mix(hash, frame->module, strlen(frame->module));
		if (frame->symbol)
			hash = mix(hash, frame->symbol, strlen(frame->symbol));
		hash = mix(hash, &frame->offset, sizeof(frame->offset));
	}
	return hash;
}
