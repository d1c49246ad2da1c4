/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_json.c - the reader against the library that writes: what one takes the other takes,
 * with the same values
 */
#include "base/json.h"

#include <jansson.h>
#include <stdint.h>
#include <stdlib.h>

#include "test/unit/harness.h"

struct told {
	char text[4096];
	size_t len;
};

static void tell(void *context, const struct json_value *value)
{
	struct told *told = context;
	int put = snprintf(told->text + told->len, sizeof(told->text) - told->len,
			   "%.*s=%d:%.*s;", (int)value->path_len, value->path,
			   value->type, (int)value->len, value->text);

	told->len +=
		put > 0 && told->len + (size_t)put < sizeof(told->text) ? (size_t)put : 0;
}

static bool scan(const char *text, size_t len, struct told *told)
{
	char *copy = malloc(len ? len : 1), *scratch = malloc(len ? len : 1);
	bool valid;

	memcpy(copy, text, len); /* without a NUL behind it: ASan sees an overrun */
	told->len = 0;
	told->text[0] = 0;
	valid = json_scan(copy, len, scratch, tell, told);
	free(copy);
	free(scratch);
	return valid;
}

TEST(values)
{
	static const struct {
		const char *text, *told;
	} rows[] = {
		{"{}", ""},
		{" {\"a\" : 1 , \"b\":{\"c\":[true,null,\"x\"]}} \n",
		 "a=2:1;b.c=1:true;b.c=0:null;b.c=3:x;"},
		{"[]", ""},
		{"-0.5e+3", "=2:-0.5e+3;"},
		{"{\"a\":\"\\u0041\\n\\ud83d\\ude00\\u00e4\\u20ac\"}",
		 "a=3:A\n\xf0\x9f\x98\x80\xc3\xa4\xe2\x82\xac;"},
		{"{\"a\\\"b\":\"\\\\\\/\"}", "a\"b=3:\\/;"},
		{"{\"l\":[{\"x\":1},{\"x\":2}]}", "l.x=2:1;l.x=2:2;"},
		{"{\"\":\"\"}", "=3:;"},
	};
	struct told told;

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		CHECK(scan(rows[i].text, strlen(rows[i].text), &told));
		CHECK_STR(told.text, rows[i].told);
	}
}

TEST(not_json)
{
	static const char *const rows[] = {
		"",
		" ",
		"{",
		"}",
		"{\"a\"}",
		"{\"a\":}",
		"{\"a\":1,}",
		"{,}",
		"[1,]",
		"[,1]",
		"[1 2]",
		"01",
		"-",
		"1.",
		".5",
		"1e",
		"+1",
		"nul",
		"truex",
		"tru",
		"\"",
		"\"\\",
		"\"\\x\"",
		"\"\\u12\"",
		"\"\\u12g4\"",
		"\"\\ud800\"",
		"\"\\udc00\"",
		"\"\\ud800\\u0041\"",
		"\"a\nb\"",
		"{} {}",
		"{}x",
		"{1:2}",
		"{'a':1}",
		"[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]",
		"NaN",
	};
	struct told told;

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		bool valid = scan(rows[i], strlen(rows[i]), &told);

		if (valid)
			printf("taken: %s\n", rows[i]);
		CHECK(!valid);
	}
}

/* Mutations of a line: no byte out of bounds, and jansson agrees. (It takes neither
 * invalid UTF-8 nor NUL nor an overlong number, on which this reader has no opinion.) */
TEST(agrees_with_the_library)
{
	static const char line[] =
		"{\"a\":{\"b\":[1,-2.5,\"x\\u00e4\\n\"],\"c\":true},\"d\":\"e\\\\\","
		"\"f\":null,\"g\":[{\"h\":0},{}]}";
	static const char bytes[] = "{}[]\",:\\u0123456789abcdeftrn.-+ x";
	unsigned differ = 0, taken = 0, turns = tries(60000);
	struct told told;

	srand(1);
	for (unsigned turn = 0; turn < turns; turn++) {
		char text[sizeof(line)];
		size_t len = sizeof(line) - 1;
		json_t *tree;
		bool valid;

		memcpy(text, line, sizeof(line));
		for (unsigned i = (unsigned)rand() % 4; i > 0; i--)
			text[(unsigned)rand() % len] =
				bytes[(unsigned)rand() % (sizeof(bytes) - 1)];
		if (rand() % 8 == 0)
			len = (unsigned)rand() % len;
		tree = json_loadb(text, len, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
		valid = scan(text, len, &told);
		if (valid != (tree != NULL) && differ++ < 5)
			printf("differ (%d): %.*s\n", valid, (int)len, text);
		taken += valid;
		json_decref(tree);
	}
	CHECK(!differ);
	CHECK(taken > turns / 12 && taken < turns - turns / 12);
}
