/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rules/name.h - host names: the one form in which they are kept, and what a pattern of
 * them covers
 */
#ifndef NETJAIL_RULES_NAME_H
#define NETJAIL_RULES_NAME_H

#include <stdbool.h>
#include <stddef.h>

#include "base/cleanup.h"
#include "rules/lex.h"

#define NAME_LEN_MAX 253 /* RFC 1035 section 2.3.4, in text without the last dot */

/* What a pattern covers; bits. */
enum {
	NAME_SELF = 1,  /* the name itself */
	NAME_BELOW = 2, /* every name that ends in "." and it */
};

struct name {
	char text[NAME_LEN_MAX + 1]; /* small letters, no dot at the end */
	size_t len;
	unsigned covers;
};

/* Reads "name", ".name" (it and all below) or "*.name" (only below); a dot at the end
 * means nothing. NULL, or what is wrong, static. */
must_check const char *name_parse(struct span text, struct name *ret_name);

/* Does the pattern (`covers` of `name`) hold for `host`, a name in its one form? */
must_check bool name_covers(struct span name, unsigned covers, struct span host);

#endif
