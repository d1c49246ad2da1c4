/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * base/xalloc.c - allocators that end netjail when memory is out
 */
#include "base/xalloc.h"

#include <stdlib.h>
#include <string.h>

#include "base/msg.h"

static void *check(void *memory)
{
	if (!memory)
		msg_die("out of memory");
	return memory;
}

void *xcalloc(size_t count, size_t size)
{
	return check(calloc(count ? count : 1, size ? size : 1));
}

void *xreallocarray(void *old, size_t count, size_t size)
{
	/* A product of 0 would free `old` and return NULL. */
	return check(reallocarray(old, count ? count : 1, size ? size : 1));
}

char *xstrndup(const char *text, size_t len)
{
	return check(strndup(text, len));
}
