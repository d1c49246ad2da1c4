/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * base/hash.h - uthash, with what netjail wants otherwise than by default
 */
#ifndef NETJAIL_BASE_HASH_H
#define NETJAIL_BASE_HASH_H

#include "base/msg.h"

/* Not the default Jenkins hash: clang warns of the fall-throughs in its switch. */
#define HASH_FUNCTION(keyptr, keylen, hashv) HASH_FNV(keyptr, keylen, hashv)
#define uthash_fatal(text)                   msg_die("%s", text)
#include <uthash.h>

#endif
