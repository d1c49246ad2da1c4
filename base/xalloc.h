/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * base/xalloc.h - allocators that end netjail when memory is out
 */
#ifndef NETJAIL_BASE_XALLOC_H
#define NETJAIL_BASE_XALLOC_H

#include <stddef.h>

#include "base/cleanup.h"

must_check void *xcalloc(size_t count, size_t size); /* zeroed */
/* The product of `count` and `size` is checked. */
must_check void *xreallocarray(void *old, size_t count, size_t size);
must_check char *xstrndup(const char *text, size_t len);

#endif
