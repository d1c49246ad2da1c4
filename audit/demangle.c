/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/demangle.c - the names of C++ and Rust functions as their languages write them
 */
#include "audit/demangle.h"

#include <libiberty/demangle.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>

struct writing {
	char *to;
	size_t size, len;
	jmp_buf full;
};

/* A name of some hundred bytes can stand for one of any length, each of its parts twice
 * the one before. The library asks nobody whether it shall go on, but holds nothing on
 * the heap while it writes, a Punycode identifier of Rust apart, which is lost: it is
 * left. */
static void append(const char *text, size_t len, void *context)
{
	struct writing *writing = context;
	size_t room = writing->size - 1 - writing->len;
	bool fits = len <= room;

	if (!fits)
		len = room;
	memcpy(writing->to + writing->len, text, len);
	writing->len += len;
	if (!fits)
		longjmp(writing->full, 1);
}

/* 0 when it is no such name. Both languages have names that begin with "_Z". */
static int write_name(const char *name, struct writing *writing)
{
	const int options = DMGL_PARAMS | DMGL_ANSI;

	if (setjmp(writing->full))
		return 1;
	if (rust_demangle_callback(name, options, append, writing))
		return 1;
	writing->len = 0;
	return cplus_demangle_v3_callback(name, options, append, writing);
}

bool demangle_is_wanted(const char *name)
{
	return (strncmp(name, "_Z", 2) == 0 || strncmp(name, "_R", 2) == 0) &&
	       strlen(name) < DEMANGLE_MAX;
}

void demangle(const char *name, char *to, size_t size)
{
	struct writing writing = {.to = to, .size = size};

	if (demangle_is_wanted(name) && write_name(name, &writing))
		to[writing.len] = 0;
	else
		snprintf(to, size, "%s", name);
}
