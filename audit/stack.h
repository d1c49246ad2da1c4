/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/stack.h - where in the program a call was made, as plain data
 */
#ifndef NETJAIL_AUDIT_STACK_H
#define NETJAIL_AUDIT_STACK_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/cleanup.h"

#define STACK_FRAMES_MAX 64

/* A frame; the texts are hostile and stay whoever's made the stack. */
struct stack_frame {
	uint64_t address;
	uint64_t offset;    /* from the symbol's start, or into the module without one */
	const char *symbol; /* NULL = none known */
	const char *module; /* path of the mapped file; NULL = none */
};

struct stack {
	uint64_t id; /* of these addresses in these modules */
	bool known;  /* an event before this one has told its frames */
	size_t count;
	struct stack_frame frames[STACK_FRAMES_MAX];
};

/* A number for the places in their files: where a library lies does not matter. */
must_check uint64_t stack_identify(const struct stack *stack);

/* netjail.stack_id, and netjail.stack[] where it is not known. */
void stack_put_json(json_t *root, const struct stack *stack);

#endif
