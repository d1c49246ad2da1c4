/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/demangle.h - the names of C++ and Rust functions as their languages write them
 *
 * Contract: the names are hostile, and the library that reads them is not made for that.
 *           audit/report_stack has it run where it can do no harm; in the tracer it never
 *           runs, which writes names down as they stand in the file.
 */
#ifndef NETJAIL_AUDIT_DEMANGLE_H
#define NETJAIL_AUDIT_DEMANGLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/cleanup.h"

/* Longer mangled names stay as they are. */
#define DEMANGLE_MAX 1024

/* True when it may be such a name. */
must_check bool demangle_is_wanted(const char *name);
/* Writes what `name` stands for, cut to `size`; a name that is not mangled as it is. */
void demangle(const char *name, char *to, size_t size);

#endif
