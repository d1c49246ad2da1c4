/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/symbols.h - names of functions, read from the symbol table of an ELF file
 *
 * Contract:  the file is hostile, and may change while it is read: it is never mapped,
 *            every size is bounded.
 * Ownership: the table of files owns the names, until symbols_free or until more files
 *            are asked for than are kept.
 */
#ifndef NETJAIL_TRACER_SYMBOLS_H
#define NETJAIL_TRACER_SYMBOLS_H

#include <stdint.h>
#include <sys/types.h>

#include "base/cleanup.h"

struct symbols;

/* The function that `address` (as the file numbers them) lies in, and how far from its
 * start; NULL when none is known. `path` as the process `pid` sees it, which has to be
 * that device and inode; the file is read once. `*files` is NULL at first. */
const char *symbols_find(struct symbols **files, pid_t pid, const char *path,
			 uint64_t inode, uint64_t address, uint64_t *ret_offset);
void symbols_free(struct symbols **files);

#endif
