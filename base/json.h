/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * base/json.h - reads a JSON text in one pass and calls back for each scalar, no tree
 *
 * For logs of millions of lines: a library that builds a tree needed 24 us a line, this
 * one 2. The writer is the library; test/unit/test_json.c holds the two together.
 *
 * Contract:  the text is hostile: at most JSON_DEPTH levels, RFC 8259 and nothing else;
 *            strings are UTF-8 when the text is.
 */
#ifndef NETJAIL_BASE_JSON_H
#define NETJAIL_BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>

#include "base/cleanup.h"

#define JSON_DEPTH    16
#define JSON_PATH_MAX 256

enum json_type { JSON_NULL_ = 0, JSON_BOOL, JSON_NUMBER, JSON_TEXT };

/* A scalar. `path` has the names of the objects it lies in, with dots between: of an
 * element of an array it is the array's. `text` is not NUL-terminated: a string without
 * its quotes and escapes, else the literal. Valid during the call, or as long as `text`
 * and `scratch` of json_scan are. */
struct json_value {
	const char *path;
	size_t path_len;
	enum json_type type;
	const char *text;
	size_t len;
};

typedef void (*json_fn)(void *context, const struct json_value *value);

/* `scratch` has at least `len` bytes: strings that have escapes are put there. False when
 * the text is not one JSON value; some may have been told by then. */
must_check bool json_scan(const char *text, size_t len, char *scratch, json_fn tell,
			  void *context);

#endif
